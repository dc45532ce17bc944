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

    Page {
        id: page
        anchors.fill: parent
        asideStays: true
        title: W.t("face.title")
        lead: W.t("face.lead")
        bias: 0.4
        actions: SecondaryButton {
            objectName: "other"
            text: W.t("face.other")
            icon: "account-switch-outline"
            onTapped: screen.answered({ other: "yes" })
        }
        aside: [
            Notice {
                width: parent.width
                kind: screen.again ? "warn" : screen.comparing ? "good" : "info"
                icon: screen.again ? "alert" : screen.comparing ? "timer-sand" : "face-recognition"
                size: Theme.lead
                text: screen.again ? W.of(screen.view.message) : screen.comparing ? W.t("face.comparing") : W.of(screen.view.hint) || W.t("face.look")
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
            objectName: "preview"
            anchors.horizontalCenter: parent.horizontalCenter
            height: Math.floor(Math.min(page.body.height, Theme.unit * 108))
            width: Math.round(height * 0.8)
            progress: screen.comparing ? 1 : screen.view.progress || 0
            ringColor: screen.again ? Theme.warn : Theme.good
        }
    }
}
