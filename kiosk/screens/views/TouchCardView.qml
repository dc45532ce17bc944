// Lay the transit card on the reader and leave it there: a picture of it that moves, and while it is written nothing but that.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool writing: view.state === "writing"
    readonly property bool busy: view.state === "reading" || writing
    readonly property bool again: view.state === "again"

    Page {
        id: page
        anchors.fill: parent
        icon: "contactless-payment"
        title: screen.view.state === "reading" ? W.t("touch_card.reading") : W.of(screen.view.title)
        lead: W.t(screen.writing ? "touch_card.writing.lead" : screen.busy ? "touch_card.reading.lead" : "touch_card.lead")
        asideStays: true
        bias: 0.5
        aside: Notice {
            width: parent.width
            kind: "warn"
            size: Theme.lead
            text: screen.writing ? W.t("touch_card.still") : screen.again ? W.of(screen.view.message) : ""
            icon: screen.writing ? "hand-back-right-off" : "alert"
        }

        Card {
            id: scene
            width: parent.width
            height: Math.max(Theme.unit * 50, Math.min(Theme.unit * (Theme.portrait ? 84 : 60), page.body.height - Theme.unit * 20))

            Rectangle {
                id: plate
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.unit * (Theme.portrait ? 10 : 6)
                width: Theme.unit * 62
                height: Theme.unit * 16
                radius: Theme.radiusLarge
                color: screen.busy ? Theme.goodTint : Theme.brandTint
                border.width: Theme.hair * 2
                border.color: screen.busy ? Theme.good : Theme.brand
                Row {
                    anchors.centerIn: parent
                    spacing: Theme.gap
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: "contactless-payment"
                        size: Theme.title
                        color: screen.busy ? Theme.good : Theme.brand
                    }
                    Words {
                        anchors.verticalCenter: parent.verticalCenter
                        text: W.t(screen.writing ? "touch_card.busy.writing" : screen.busy ? "touch_card.busy" : "touch_card.here")
                        bold: true
                        font.pixelSize: Theme.lead
                        lineHeight: 1
                        color: screen.busy ? Theme.good : Theme.brand
                    }
                }
            }
            Rectangle {
                id: card
                readonly property real up: plate.y - height - Theme.unit * (Theme.portrait ? 16 : 8)
                readonly property real down: plate.y - height + Theme.unit * 2
                anchors.horizontalCenter: parent.horizontalCenter
                y: screen.busy ? down : up
                width: Theme.unit * 42
                height: Theme.unit * 26
                radius: Theme.radius
                color: Theme.brandDeep
                Icon {
                    x: Theme.unit * 3
                    y: Theme.unit * 3
                    name: "bus"
                    size: Theme.unit * 10
                    color: Theme.brandInk
                }
                Icon {
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.unit * 3
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.unit * 3
                    name: "contactless-payment"
                    size: Theme.unit * 7
                    color: Theme.brandInkSoft
                }
                SequentialAnimation on y {
                    running: screen.visible && !screen.busy
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
            visible: screen.busy
        }
        Countdown {
            width: parent.width
            visible: !screen.busy && (screen.view.seconds_left || 0) > 0
            seconds: screen.view.seconds_left || 0
        }
    }
}
