// Put the ID card on the reader: a picture of it that moves, and the seconds that are left.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool reading: view.state === "reading"
    readonly property bool again: view.state === "again"

    Page {
        id: page
        anchors.fill: parent
        icon: "card-account-details"
        title: W.t(screen.reading ? "read_card.reading" : screen.again ? "read_card.again" : "read_card.title")
        lead: W.t(screen.reading ? "read_card.reading.lead" : "read_card.lead")
        bias: 0.5
        actions: SecondaryButton {
            objectName: "other"
            visible: screen.view.other === true && !screen.reading
            text: W.t("read_card.other")
            icon: "account-switch-outline"
            onTapped: screen.answered({ other: "yes" })
        }

        Notice {
            id: why
            width: parent.width
            kind: "warn"
            size: Theme.lead
            text: screen.again ? W.of(screen.view.message) : ""
        }
        Card {
            id: scene
            width: parent.width
            height: Math.max(Theme.unit * 56, Math.min(Theme.unit * (Theme.portrait ? 92 : 64), page.body.height - why.height - Theme.unit * 16))

            Rectangle {
                id: reader
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.unit * (Theme.portrait ? 12 : 7)
                width: Theme.unit * 62
                height: Theme.unit * 16
                radius: Theme.radiusLarge
                color: screen.reading ? Theme.goodTint : Theme.brandTint
                border.width: Theme.hair * 2
                border.color: screen.reading ? Theme.good : Theme.brand
                Row {
                    anchors.centerIn: parent
                    spacing: Theme.gap
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: screen.reading ? "check-circle" : "contactless-payment"
                        size: Theme.title
                        color: screen.reading ? Theme.good : Theme.brand
                    }
                    Words {
                        anchors.verticalCenter: parent.verticalCenter
                        text: W.t(screen.reading ? "read_card.now" : "read_card.here")
                        bold: true
                        font.pixelSize: Theme.lead
                        lineHeight: 1
                        color: screen.reading ? Theme.good : Theme.brand
                    }
                }
            }
            Rectangle {
                id: card
                readonly property real up: reader.y - height - Theme.unit * (Theme.portrait ? 16 : 8)
                readonly property real down: reader.y - height + Theme.unit * 2
                anchors.horizontalCenter: parent.horizontalCenter
                y: screen.reading ? down : up
                width: Theme.unit * 42
                height: Theme.unit * 26
                radius: Theme.radius
                color: Theme.surface
                border.width: Theme.hair * 2
                border.color: Theme.brandDeep
                Icon {
                    anchors.centerIn: parent
                    name: "card-account-details-outline"
                    size: Theme.unit * 18
                    color: Theme.brandDeep
                }
                SequentialAnimation on y {
                    running: screen.visible && !screen.reading
                    loops: Animation.Infinite
                    PauseAnimation { duration: 500 }
                    NumberAnimation { to: card.down; duration: 900; easing.type: Easing.InOutQuad }
                    PauseAnimation { duration: 900 }
                    NumberAnimation { to: card.up; duration: 500; easing.type: Easing.InOutQuad }
                }
            }
        }
        Dots {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: screen.reading
        }
        Words {
            width: parent.width
            visible: !screen.reading && screen.view.seconds_left > 0
            text: W.t("count.seconds", { seconds: screen.view.seconds_left || 0 })
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
