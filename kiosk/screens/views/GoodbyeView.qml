// Take your card, take your paper. Then the next citizen.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        icon: "hand-wave-outline"
        title: W.of(screen.view.title)
        lead: W.of(screen.view.note)
        bias: 0.4
        actions: [
            SecondaryButton {
                objectName: "more"
                visible: screen.view.more === true
                text: W.t("goodbye.more")
                icon: "plus"
                onTapped: screen.answered({ more: "yes" })
            },
            PrimaryButton {
                objectName: "done"
                text: W.t("goodbye.done")
                icon: "check"
                onTapped: screen.answered({})
            }
        ]

        Repeater {
            model: screen.view.take || []
            Card {
                id: thing
                required property var modelData
                width: parent ? parent.width : 0
                height: Theme.unit * (Theme.portrait ? 26 : 20)
                Icon {
                    id: sign
                    x: Theme.unit * 5
                    anchors.verticalCenter: parent.verticalCenter
                    name: thing.modelData.icon
                    size: Theme.unit * 13
                }
                Slot {
                    id: slot
                    visible: (thing.modelData.where || "") !== ""
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.unit * 4
                    anchors.verticalCenter: parent.verticalCenter
                    width: visible ? size : 0
                    size: Theme.unit * 15
                    where: thing.modelData.where || "below"
                    card: thing.modelData.id === "card"
                }
                Words {
                    anchors.left: sign.right
                    anchors.leftMargin: Theme.unit * 5
                    anchors.right: slot.left
                    anchors.rightMargin: Theme.unit * 4
                    anchors.verticalCenter: parent.verticalCenter
                    text: W.of(thing.modelData.title)
                    bold: true
                    font.pixelSize: Theme.title
                    lineHeight: 0.92
                }
            }
        }
        SecondaryButton {
            objectName: "then"
            width: parent.width
            visible: screen.view.more === true && text !== ""
            text: W.of(screen.view.then)
            icon: "arrow-right"
            iconLast: true
            onTapped: screen.answered({ more: "then" })
        }
        Countdown {
            width: parent.width
            seconds: screen.view.seconds || 0
            running: screen.visible
            key: "goodbye.seconds"
            onOver: screen.answered({})
        }
    }
}
