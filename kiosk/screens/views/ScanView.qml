// Pages under the document camera, one after another: lay it down, take it, look whether everything can be read.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    readonly property bool review: view.state === "review"
    readonly property bool last: view.page >= view.most

    Page {
        id: page
        anchors.fill: parent
        passive: true
        asideStays: true
        title: screen.review ? W.t("scan.review", { page: screen.view.page }) : W.of(screen.view.title)
        lead: screen.review ? W.t(screen.last ? "scan.review.last" : "scan.review.lead") : W.t("scan.lead", { page: screen.view.page, most: screen.view.most })
        bias: 0.3
        actions: [
            SecondaryButton {
                objectName: "again"
                visible: screen.review
                text: W.t("scan.again")
                icon: "camera-retake"
                onTapped: screen.answered({ scan: "again" })
            },
            SecondaryButton {
                objectName: "next"
                visible: screen.review && !screen.last
                text: W.t("scan.next")
                icon: "file-plus-outline"
                onTapped: screen.answered({ scan: "next" })
            },
            PrimaryButton {
                objectName: "done"
                visible: screen.review
                text: W.t("scan.done")
                icon: "check"
                onTapped: screen.answered({ scan: "done" })
            },
            PrimaryButton {
                objectName: "take"
                visible: !screen.review
                text: W.t("scan.take")
                icon: "camera"
                onTapped: screen.answered({ scan: "take" })
            }
        ]
        aside: Notice {
            width: parent.width
            kind: screen.view.message ? "warn" : W.of(screen.view.hint) !== "" ? "warn" : screen.review ? "good" : "info"
            icon: kind === "warn" ? "alert" : screen.review ? "check-circle" : "file-document-outline"
            size: Theme.lead
            text: W.of(screen.view.message) || W.of(screen.view.hint) || W.t(screen.review ? "scan.readable" : "scan.good")
        }

        Rectangle {
            objectName: "desk"
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.floor(Math.min(parent.width, page.body.height * 4 / 3))
            height: Math.floor(width * 3 / 4)
            radius: Theme.radius
            color: Theme.ink

            Item {
                anchors.fill: parent
                anchors.margins: Theme.hair * 2
                clip: true

                // The preview paints an oval as in a mirror: turned back, and so much larger that its straight part fills this.
                CameraPreview {
                    id: preview
                    objectName: "preview"
                    anchors.centerIn: parent
                    width: parent.width * 1.5
                    height: parent.height * 1.5
                    transform: Scale {
                        xScale: -1
                        origin.x: preview.width / 2
                    }
                }
            }
        }
    }
}
