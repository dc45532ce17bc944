// 问: how this machine works and who helps.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        passive: true
        icon: "account-question-outline"
        title: W.t("ask.title")
        lead: W.t("ask.lead")
        bias: Theme.portrait ? 0 : 0.3
        actions: Repeater {
            model: screen.view.doors || []
            SecondaryButton {
                id: door
                required property var modelData
                objectName: "item:" + modelData.id
                text: W.of(modelData.title)
                icon: modelData.icon
                onTapped: screen.answered({ item: door.modelData.id })
            }
        }
        aside: [
            Notice {
                width: parent.width
                icon: "phone"
                size: Theme.lead
                text: screen.view.hotline ? W.t("ask.hotline", { hotline: screen.view.hotline }) : ""
            },
            Notice {
                width: parent.width
                icon: "account-heart-outline"
                size: Theme.lead
                text: W.t("ask.helper")
            }
        ]

        Repeater {
            model: screen.view.questions || []
            Column {
                id: one
                required property var modelData
                width: parent ? parent.width : 0
                spacing: Theme.unit
                Words {
                    width: parent.width
                    text: W.of(one.modelData[0])
                    bold: true
                    font.pixelSize: Theme.lead
                    lineHeight: 0.92
                }
                Words {
                    width: parent.width
                    text: W.of(one.modelData[1])
                    color: Theme.inkSoft
                }
            }
        }
        Words {
            width: parent.width
            text: W.t("ask.station", { station: screen.view.station || "" })
            font.pixelSize: Theme.small
            color: Theme.inkSoft
        }
    }
}
