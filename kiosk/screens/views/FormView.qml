// A page of questions. The view keeps the drafts: an error, an offer or a change of language loses nothing that was typed.
// Controls: `next`, `back` (nothing to choose), `offer:<id>`; those of a question stand at the top of its file in fields/.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    property var fields: []
    property var drafts: ({})
    property var known: ({}) // the drafts as the flow has them
    property var errors: ({})
    property string shape: "" // the fields as text: a new page of questions starts new drafts
    readonly property var offers: view.offers || []
    // What grows and shrinks while it is answered stands at the top: else everything would move under the finger.
    readonly property bool grows: fields.some(field => ["date", "slot", "address", "admin_code", "station"].includes(field.type) || (field.depends || []).length > 0)

    function take() {
        const shape = JSON.stringify(screen.view.fields);
        const values = screen.view.values || {};
        if (shape !== screen.shape) {
            screen.drafts = Object.assign({}, values);
            screen.errors = {};
            screen.shape = shape;
            screen.fields = screen.view.fields || [];
        } else {
            adopt(values);
        }
        screen.known = Object.assign({}, values);
        screen.errors = Object.assign({}, screen.view.errors);
        Qt.callLater(showFirstError);
    }

    // What the flow has changed (an address out of the register) goes into its field; what was typed meanwhile stays.
    function adopt(values) {
        for (let place = 0; place < screen.fields.length; place++) {
            const name = screen.fields[place].name;
            const question = (questions.itemAt(place) as Loader)?.item;
            if (question && values[name] !== undefined && values[name] !== (screen.known[name] || ""))
                question["value"] = values[name];
        }
    }

    function showFirstError() {
        for (let place = 0; place < screen.fields.length; place++)
            if (screen.errors[screen.fields[place].name] !== undefined) {
                page.body.reveal(questions.itemAt(place));
                return;
            }
    }

    function keep(name, question) {
        screen.drafts = Object.assign({}, screen.drafts, { [name]: question.value });
    }

    // A question that depends on others of this page is asked while each of those is asked and has one of the values.
    function asked(field): bool {
        return (field.depends || []).every(([name, values]) => {
            const other = screen.fields.find(one => one.name === name);
            return values.includes(screen.drafts[name] || "") && (other === undefined || screen.asked(other));
        });
    }

    function answer(more) {
        screen.known = Object.assign({}, screen.drafts);
        screen.answered(Object.assign({}, screen.drafts, more));
    }

    // camel("month_range") → "MonthRange"
    function camel(type: string): string {
        return type.split("_").map(part => part.charAt(0).toUpperCase() + part.slice(1)).join("");
    }

    onViewChanged: take()
    Component.onCompleted: take()

    Timer {
        id: settling
        interval: 250
    }

    Page {
        id: page
        anchors.fill: parent
        title: W.of(screen.view.title)
        lead: W.of(screen.view.lead) || (screen.fields.length > 0 ? W.t("form.lead") : "")
        bias: Theme.portrait && !screen.grows ? 0.2 : 0
        actions: [
            PrimaryButton {
                objectName: "next"
                visible: screen.fields.length > 0
                text: W.t("form.next")
                icon: "arrow-right"
                iconLast: true
                onTapped: {
                    forceActiveFocus(); // a word still being composed is put into its field first
                    screen.answer({});
                }
            },
            SecondaryButton {
                objectName: "back"
                visible: screen.fields.length === 0
                text: W.t("nav.back")
                icon: "arrow-left"
                onTapped: screen.back()
            }
        ]

        Notice {
            width: parent.width
            kind: "bad"
            text: Object.keys(screen.errors).length > 0 ? W.t("form.errors", { count: Object.keys(screen.errors).length }) : ""
        }
        Notice {
            width: parent.width
            size: Theme.lead
            text: screen.fields.length === 0 ? W.of(screen.view.empty) : ""
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: W.of(screen.view.facts_title)
            bold: facts.visible
            font.pixelSize: Theme.lead
        }
        Rows {
            id: facts
            width: parent.width
            rows: screen.view.facts || []
        }
        Grid {
            id: offered
            width: parent.width
            visible: screen.offers.length > 0
            columns: Theme.portrait ? Math.min(2, screen.offers.length) : Math.min(3, screen.offers.length)
            spacing: Theme.gap

            Repeater {
                model: screen.offers
                Column {
                    id: offer
                    required property var modelData
                    width: (offered.width - (offered.columns - 1) * offered.spacing) / offered.columns
                    spacing: Theme.unit

                    SecondaryButton {
                        objectName: "offer:" + offer.modelData.id
                        width: parent.width
                        text: W.of(offer.modelData.title)
                        icon: offer.modelData.icon || ""
                        onTapped: {
                            forceActiveFocus();
                            screen.answer({ offer: offer.modelData.id });
                        }
                    }
                    Words {
                        width: parent.width
                        visible: text !== ""
                        text: W.of(offer.modelData.text)
                        color: Theme.inkSoft
                    }
                }
            }
        }
        Repeater {
            id: questions
            model: screen.fields
            Loader {
                id: question
                required property var modelData
                readonly property var error: screen.errors[modelData.name]
                readonly property bool typing: {
                    let one = Window.activeFocusItem;
                    while (one && one !== question)
                        one = one.parent;
                    return one !== null;
                }
                width: parent ? parent.width : 0
                visible: screen.asked(modelData)
                enabled: typing || !settling.running
                onErrorChanged: if (item)
                    item["error"] = error
                Component.onCompleted: setSource(Qt.resolvedUrl("../fields/" + screen.camel(modelData.type) + "Field.qml"), {
                    field: modelData,
                    value: screen.drafts[modelData.name] || "",
                    error: error
                })
                Connections {
                    target: question.item
                    ignoreUnknownSignals: true
                    function onValueChanged() {
                        screen.keep(question.modelData.name, question.item);
                    }
                    function onScanning() {
                        screen.answer({ scan: question.modelData.name });
                    }
                    function onMoved() {
                        settling.restart();
                    }
                }
            }
        }
    }
}
