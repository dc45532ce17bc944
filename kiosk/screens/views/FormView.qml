// A page of questions. The view keeps the drafts: an error or a change of language loses nothing that was typed.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    property var fields: []
    property var drafts: ({})
    property var errors: ({})
    property string shape: "" // the fields as text: a new page of questions starts new drafts

    function take() {
        const shape = JSON.stringify(screen.view.fields);
        if (shape !== screen.shape) {
            screen.drafts = Object.assign({}, screen.view.values);
            screen.errors = {};
            screen.shape = shape;
            screen.fields = screen.view.fields || [];
        }
        screen.errors = Object.assign({}, screen.view.errors);
        Qt.callLater(showFirstError);
    }

    function showFirstError() {
        for (let place = 0; place < screen.fields.length; place++)
            if (screen.errors[screen.fields[place].name] !== undefined) {
                page.body.reveal(questions.itemAt(place));
                return;
            }
    }

    function keep(name, question) {
        screen.drafts[name] = question.value;
    }

    // camel("month_range") → "MonthRange"
    function camel(type: string): string {
        return type.split("_").map(part => part.charAt(0).toUpperCase() + part.slice(1)).join("");
    }

    onViewChanged: take()
    Component.onCompleted: take()

    Page {
        id: page
        anchors.fill: parent
        title: W.of(screen.view.title)
        lead: screen.fields.length > 0 ? W.t("form.lead") : ""
        bias: Theme.portrait ? 0.2 : 0
        actions: [
            PrimaryButton {
                objectName: "next"
                visible: screen.fields.length > 0
                text: W.t("form.next")
                icon: "arrow-right"
                iconLast: true
                onTapped: {
                    forceActiveFocus(); // a word still being composed is put into its field first
                    screen.answered(Object.assign({}, screen.drafts));
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
        Repeater {
            id: questions
            model: screen.fields
            Loader {
                id: question
                required property var modelData
                readonly property var error: screen.errors[modelData.name]
                width: parent ? parent.width : 0
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
                }
            }
        }
    }
}
