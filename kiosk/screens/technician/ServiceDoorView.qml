// Who are you: id, PIN (hidden) and one-time code. What was typed is forgotten with every refusal.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.fields

Scene {
    id: screen

    readonly property int tries: view.tries || 0
    readonly property bool open: view.shut !== true && view.checking !== true

    onTriesChanged: {
        pin.text = "";
        code.text = "";
    }

    Page {
        id: page
        anchors.fill: parent
        icon: "shield-key-outline"
        title: W.t("service.door")
        lead: W.t("service.door.lead")
        asideWidth: 0.4
        bias: 0
        actions: PrimaryButton {
            objectName: "enter"
            visible: screen.view.shut !== true
            enabled: screen.open && id.text !== "" && pin.text.length === 6 && code.text.length === 6
            text: W.t(screen.view.checking ? "service.checking" : "service.enter")
            icon: "lock-open-outline"
            onTapped: {
                forceActiveFocus();
                screen.answered({ id: id.text, pin: pin.text, code: code.text });
            }
        }
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
            visible: screen.view.shut !== true

            Words {
                width: parent.width
                text: W.t("service.id")
                bold: true
                lineHeight: 1
            }
            TextEntry {
                id: id
                width: Math.min(parent.width, Theme.unit * 80)
                name: "id"
                caption: W.t("service.id")
                keyboard: "latin"
                most: 31
            }
            Words {
                width: parent.width
                text: W.t("service.pin")
                bold: true
                lineHeight: 1
            }
            Boxes {
                id: pin
                width: Math.min(parent.width, Theme.unit * 80)
                name: "pin"
                caption: W.t("service.pin")
                hidden: true
                validator: RegularExpressionValidator {
                    regularExpression: /[0-9]{0,6}/
                }
            }
            Words {
                width: parent.width
                text: W.t("service.code")
                bold: true
                lineHeight: 1
            }
            Boxes {
                id: code
                width: Math.min(parent.width, Theme.unit * 80)
                name: "code"
                caption: W.t("service.code")
                validator: RegularExpressionValidator {
                    regularExpression: /[0-9]{0,6}/
                }
            }
        }
    }
}
