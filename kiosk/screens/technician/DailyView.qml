// The daily check before it begins and after it: when it was done last, what was found, and one thing to press.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool done: view.done === true
    readonly property var lines: view.lines || []

    Page {
        anchors.fill: parent
        icon: "clipboard-check-outline"
        title: W.t("daily.title")
        lead: screen.done ? W.of(screen.view.report) : W.t("daily.lead")
        asideWidth: 0.4
        asideStays: true
        bias: 0.2
        aside: Lamp {
            width: parent ? Math.min(implicitWidth, parent.width) : 0
            lamp: screen.view.due || null
            size: Theme.lead
        }
        actions: [
            SecondaryButton {
                objectName: "closing"
                visible: !screen.done
                text: W.t("daily.closing")
                icon: "weather-night"
                onTapped: screen.answered({ round: "closing" })
            },
            PrimaryButton {
                objectName: "opening"
                visible: !screen.done
                text: W.t("daily.opening")
                icon: "weather-sunny"
                onTapped: screen.answered({ round: "opening" })
            },
            PrimaryButton {
                objectName: "done"
                visible: screen.done
                text: W.t("daily.finish")
                icon: "check"
                onTapped: screen.answered({})
            }
        ]

        Words {
            width: parent.width
            visible: !screen.done && screen.lines.length > 0
            text: W.t("daily.before")
            bold: true
        }
        Card {
            width: parent.width
            visible: screen.lines.length > 0
            implicitHeight: visible ? rows.implicitHeight + Theme.unit * 2 : 0
            Column {
                id: rows
                x: Theme.unit * 2
                y: Theme.unit
                width: parent.width - Theme.unit * 4
                Repeater {
                    model: screen.lines
                    CheckRow {
                        required property var modelData
                        width: rows.width
                        check: modelData
                    }
                }
            }
        }
    }
}
