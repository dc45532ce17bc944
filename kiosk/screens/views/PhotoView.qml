// A portrait: the camera's picture as in a mirror, one sentence that says what to do; then the picture that was taken, to keep or not.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    readonly property bool review: view.state === "review"

    Page {
        id: page
        anchors.fill: parent
        passive: true
        asideStays: true
        title: screen.review ? W.t("photo.review") : W.of(screen.view.title)
        lead: W.t(screen.review ? "photo.review.lead" : "photo.lead")
        bias: 0.4
        actions: [
            SecondaryButton {
                objectName: "again"
                visible: screen.review
                text: W.t("photo.again")
                icon: "camera-retake"
                onTapped: screen.answered({ photo: "again" })
            },
            PrimaryButton {
                objectName: "keep"
                visible: screen.review
                text: W.t("photo.keep")
                icon: "check"
                onTapped: screen.answered({ photo: "keep" })
            }
        ]
        aside: Notice {
            width: parent.width
            icon: "camera-account"
            size: Theme.lead
            text: screen.review ? "" : W.of(screen.view.hint) || W.t("photo.look")
        }

        CameraPreview {
            objectName: "preview"
            anchors.horizontalCenter: parent.horizontalCenter
            height: Math.floor(Math.min(page.body.height, Theme.unit * 108))
            width: Math.round(height * 0.8)
            progress: screen.review ? 1 : 0
            ringColor: Theme.good
        }
    }
}
