// An officer looks by video: the citizen sees what the officer sees, and can choose another way.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    Page {
        id: page
        anchors.fill: parent
        passive: true
        asideStays: true
        title: W.of(screen.view.title)
        lead: W.of(screen.view.text)
        bias: 0.4
        actions: SecondaryButton {
            objectName: "other"
            text: W.t("face.other")
            icon: "account-switch-outline"
            onTapped: screen.answered({ other: "yes" })
        }
        aside: Words {
            width: parent.width
            visible: (screen.view.seconds_left || 0) > 0
            text: W.t("count.seconds", { seconds: screen.view.seconds_left || 0 })
            color: Theme.inkSoft
        }

        CameraPreview {
            objectName: "preview"
            anchors.horizontalCenter: parent.horizontalCenter
            height: Math.floor(Math.min(page.body.height - Theme.unit * 12, Theme.unit * 100))
            width: Math.round(height * 0.8)
            progress: 0
            ringColor: Theme.brand
        }
        Dots {
            anchors.horizontalCenter: parent.horizontalCenter
        }
    }
}
