// Hold a code to the scanner: a telephone, or a badge, that moves down to its window; and another way for who has none.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool checking: view.state === "checking"
    readonly property bool again: view.state === "again"

    Page {
        id: page
        anchors.fill: parent
        passive: true
        icon: screen.view.icon || "qrcode-scan"
        title: W.of(screen.view.title)
        lead: W.of(screen.view.text)
        asideStays: true
        bias: 0.5
        actions: SecondaryButton {
            objectName: "other"
            visible: !screen.checking
            text: W.of(screen.view.other) || W.t("code.other")
            icon: W.of(screen.view.other) !== "" ? "keyboard-outline" : "account-switch-outline"
            onTapped: screen.answered({ other: "yes" })
        }
        aside: Notice {
            width: parent.width
            kind: screen.checking ? "good" : "warn"
            icon: screen.checking ? "timer-sand" : "alert"
            size: Theme.lead
            text: screen.checking ? W.t("code.checking") : screen.again ? W.of(screen.view.message) : ""
        }

        Card {
            id: scene
            width: parent.width
            height: Math.max(Theme.unit * 36, Math.min(Theme.unit * (Theme.portrait ? 80 : 60), page.body.height - Theme.unit * 20))

            Rectangle {
                id: glass
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.unit * (Theme.portrait ? 8 : 5)
                width: Theme.unit * 62
                height: Theme.unit * 14
                radius: Theme.radiusLarge
                color: screen.checking ? Theme.goodTint : Theme.brandTint
                border.width: Theme.hair * 2
                border.color: screen.checking ? Theme.good : Theme.brand
                Row {
                    anchors.centerIn: parent
                    spacing: Theme.gap
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: screen.checking ? "check-circle" : "barcode-scan"
                        size: Theme.title
                        color: screen.checking ? Theme.good : Theme.brand
                    }
                    Words {
                        anchors.verticalCenter: parent.verticalCenter
                        text: W.t(screen.checking ? "code.seen" : "code.here")
                        bold: true
                        font.pixelSize: Theme.lead
                        lineHeight: 1
                        color: screen.checking ? Theme.good : Theme.brand
                    }
                }
            }
            Rectangle {
                id: held
                readonly property real up: Theme.unit * 4
                readonly property real down: glass.y - height - Theme.unit * 2
                anchors.horizontalCenter: parent.horizontalCenter
                y: screen.checking ? down : up
                width: Theme.unit * 22
                height: Math.max(Theme.unit * 16, Math.min(Theme.unit * 34, glass.y - Theme.unit * 12))
                radius: Theme.radiusLarge
                color: Theme.surface
                border.width: Theme.hair * 3
                border.color: Theme.brandDeep
                Icon {
                    anchors.centerIn: parent
                    name: "qrcode"
                    size: Theme.unit * 15
                    color: Theme.brandDeep
                }
                SequentialAnimation on y {
                    running: screen.visible && !screen.checking && Theme.moves
                    loops: Animation.Infinite
                    PauseAnimation { duration: 500 }
                    NumberAnimation { to: held.down; duration: 900; easing.type: Easing.InOutQuad }
                    PauseAnimation { duration: 1200 }
                    NumberAnimation { to: held.up; duration: 500; easing.type: Easing.InOutQuad }
                }
            }
        }
        Dots {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: screen.checking
        }
        Countdown {
            width: parent.width
            visible: !screen.checking && (screen.view.seconds_left || 0) > 0
            seconds: screen.view.seconds_left || 0
        }
    }
}
