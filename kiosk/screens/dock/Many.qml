// A lever that takes more than one value: each is picked or written, then it is pulled. What is so already is listed, a press takes it back.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Column {
    id: many

    property string role
    property var section: ({})
    property var now: ({})
    property var people: []
    property var values: section.parameters.map(one => one.default ?? (one.kind === "citizen" ? "" : one.options[0] ?? ""))
    readonly property var standing: Object.keys(now).filter(fact => section.fact !== "" && fact.startsWith(section.fact + ":"))
    signal pulled(string lever, string value)
    signal typing(bool on)

    function put(at: int, value: string) {
        const next = values.slice();
        next[at] = value;
        values = next;
    }

    spacing: Theme.unit

    Repeater {
        model: many.section.parameters
        Loader {
            id: parameter
            required property var modelData
            required property int index
            readonly property string name: many.role + "." + many.section.lever + ":" + modelData.name
            readonly property string words: Labels.of(many.section.title + "." + modelData.name, modelData.name, {})
            width: many.width
            sourceComponent: modelData.kind === "choice" || modelData.kind === "citizen" || modelData.kind === "on_off" ? picked : written

            Component {
                id: picked
                Pick {
                    name: parameter.name
                    title: parameter.words
                    words: many.section.title
                    options: parameter.modelData.kind === "citizen" ? many.people.map(one => one.id) : parameter.modelData.kind === "on_off" ? ["on", "off"] : parameter.modelData.options
                    value: many.values[parameter.index]
                    onPicked: option => many.put(parameter.index, option)
                }
            }
            Component {
                id: written
                Entry {
                    name: parameter.name
                    text: parameter.words
                    number: parameter.modelData.kind === "number"
                    button: false
                    value: many.values[parameter.index]
                    onValueChanged: if (value !== many.values[parameter.index])
                        many.put(parameter.index, value)
                    onTyping: on => many.typing(on)
                }
            }
        }
    }
    Flow {
        width: parent.width
        spacing: Theme.unit

        Switch {
            objectName: many.role + "." + many.section.lever
            text: W.t("dock.go")
            icon: "play-outline"
            onTapped: many.pulled(many.section.lever, many.values.join(":"))
        }
        Repeater {
            model: many.standing
            Switch {
                required property string modelData
                readonly property string which: modelData.slice(many.section.fact.length + 1)
                readonly property string so: many.now[modelData] ?? ""
                objectName: many.role + "." + modelData
                on: true
                text: Labels.of(many.section.title + "." + which, which, {}) + " · " + Labels.of(many.section.title + "." + so, so, {})
                onTapped: many.pulled(many.section.back, which)
            }
        }
    }
}
