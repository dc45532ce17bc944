// Who wants to help: a badge held to the scanner, or id, PIN (hidden) and one-time code. What was typed is forgotten with every refusal.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.fields

Scene {
    id: screen

    readonly property int tries: view.tries || 0

    onTriesChanged: {
        pin.text = "";
        code.text = "";
    }

    Page {
        id: page
        anchors.fill: parent
        icon: "account-heart-outline"
        title: W.t("volunteer.door")
        lead: W.t(screen.view.badge ? "volunteer.door.badge" : "volunteer.door.pin")
        asideWidth: 0.4
        bias: 0
        actions: [
            SecondaryButton {
                objectName: "volunteer:go"
                text: W.t("volunteer.door.go")
                icon: "arrow-left"
                onTapped: screen.answered({ do: "go" })
            },
            PrimaryButton {
                objectName: "enter"
                enabled: screen.view.checking !== true && id.text !== "" && pin.text.length === 6 && code.text.length === 6
                text: W.t(screen.view.checking ? "volunteer.checking" : "volunteer.enter")
                icon: "lock-open-outline"
                onTapped: {
                    forceActiveFocus();
                    screen.answered({ do: "enter", id: id.text, pin: pin.text, code: code.text });
                }
            }
        ]
        aside: Repeater {
            model: screen.view.messages || []
            Notice {
                required property var modelData
                width: parent ? parent.width : 0
                kind: "bad"
                text: W.of(modelData)
            }
        }

        Column {
            width: parent.width
            spacing: Theme.unit * 3

            Words {
                width: parent.width
                text: W.t("volunteer.id")
                bold: true
                lineHeight: 1
            }
            TextEntry {
                id: id
                width: Math.min(parent.width, Theme.unit * 80)
                name: "volunteer_id"
                caption: W.t("volunteer.id")
                keyboard: "latin"
                most: 31
            }
            Words {
                width: parent.width
                text: W.t("volunteer.pin")
                bold: true
                lineHeight: 1
            }
            Boxes {
                id: pin
                width: Math.min(parent.width, Theme.unit * 80)
                name: "pin"
                caption: W.t("volunteer.pin")
                hidden: true
                validator: RegularExpressionValidator {
                    regularExpression: /[0-9]{0,6}/
                }
            }
            Words {
                width: parent.width
                text: W.t("volunteer.code")
                bold: true
                lineHeight: 1
            }
            Boxes {
                id: code
                width: Math.min(parent.width, Theme.unit * 80)
                name: "one_time_code"
                caption: W.t("volunteer.code")
                validator: RegularExpressionValidator {
                    regularExpression: /[0-9]{0,6}/
                }
            }
        }
    }
}
