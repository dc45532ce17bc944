// The camera's picture as in a mirror, one sentence that says what to do, and another way for who does not want this one.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    readonly property bool comparing: view.state === "comparing"
    readonly property bool again: view.state === "again"
    readonly property string hint: W.of(view.hint)
    readonly property string ask: view.state === "asking" && hint === "" ? view.ask || "" : ""
    readonly property int aside: ask === "turn_left" ? -1 : ask === "turn_right" ? 1 : 0

    Rectangle { // light for the face: equally bright tints, so that nothing flickers (kiosk/identity/flash.py)
        objectName: "tint"
        anchors.fill: parent
        visible: (screen.view.tint || "") !== "" && !Theme.care && !Theme.contrast
        color: visible ? Theme.tints[screen.view.tint] : "transparent"
    }

    Page {
        id: page
        anchors.fill: parent
        passive: true
        asideStays: true
        title: W.t("face.title")
        lead: Theme.care && !Theme.portrait ? "" : W.t("face.lead") // where there is no room for it, the consent has said it
        bias: 0.4
        actions: SecondaryButton {
            objectName: "other"
            text: W.t("face.other")
            icon: "account-switch-outline"
            onTapped: screen.answered({ other: "yes" })
        }
        aside: [
            Item { // one place for everything that is said, always of one height: the picture below does not jump
                width: parent.width
                height: Theme.unit * (Theme.portrait ? (Theme.level > 1 ? 22 : 19) : Theme.level > 1 ? 30 : 26)
                Notice {
                    objectName: "guide"
                    width: parent.width
                    visible: text !== "" && screen.ask === ""
                    kind: screen.again || screen.hint !== "" ? "warn" : screen.comparing ? "good" : "info"
                    icon: screen.again ? "alert" : screen.comparing ? "timer-sand" : "face-recognition"
                    size: Theme.lead
                    text: screen.again ? W.of(screen.view.message) : screen.comparing ? W.t("face.comparing") : screen.hint || W.t("face.look")
                }
                MoveCue {
                    objectName: "cue"
                    anchors.fill: parent
                    visible: screen.ask !== ""
                    ask: screen.ask
                }
            },
            Repeater {
                model: screen.view.warnings || []
                Notice {
                    required property var modelData
                    width: parent ? parent.width : 0
                    kind: "warn"
                    size: Theme.small
                    text: W.of(modelData)
                }
            }
        ]

        CameraPreview {
            id: preview
            objectName: "preview"
            anchors.horizontalCenter: parent.horizontalCenter
            height: Math.floor(Math.min(page.body.height, Theme.unit * 108))
            width: Math.round(height * 0.8)
            progress: screen.comparing ? 1 : screen.view.progress || 0
            ringColor: screen.again ? Theme.warn : Theme.good

            Rectangle { // which way, beside the face itself
                visible: screen.aside !== 0
                anchors.verticalCenter: parent.verticalCenter
                x: screen.aside < 0 ? -width / 3 : parent.width - width * 2 / 3
                width: Theme.unit * 16
                height: width
                radius: width / 2
                color: Theme.brand
                Icon {
                    anchors.centerIn: parent
                    name: screen.aside < 0 ? "arrow-left-bold" : "arrow-right-bold"
                    size: parent.width * 0.7
                    color: Theme.brandInk
                }
            }
        }
    }
}
