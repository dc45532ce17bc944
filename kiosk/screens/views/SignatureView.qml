// A sheet to sign on with a finger, twice as wide as high.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        id: page
        anchors.fill: parent
        icon: "draw-pen"
        title: W.of(screen.view.title)
        lead: W.of(screen.view.text)
        bias: 0.35
        actions: [
            SecondaryButton {
                objectName: "by_keys"
                text: W.t("signature.by_keys")
                icon: "gesture-tap"
                onTapped: screen.answered({ by: "keys" })
            },
            SecondaryButton {
                objectName: "clear"
                enabled: sheet.strokes.length > 0
                text: W.t("signature.clear")
                icon: "eraser"
                onTapped: sheet.clear()
            },
            PrimaryButton {
                objectName: "done"
                enabled: sheet.strokes.length > 0
                text: W.t("signature.done")
                icon: "check"
                onTapped: screen.answered({ strokes: sheet.strokes.map(stroke => stroke.map(point => point.join(",")).join(" ")).join(";") })
            }
        ]

        Notice {
            id: why
            width: parent.width
            kind: "warn"
            size: Theme.lead
            text: W.of(screen.view.message)
        }
        Rectangle {
            id: paper
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.floor(Math.min(parent.width, (page.body.height - why.height - Theme.unit * 6) * 2))
            height: Math.floor(width / 2)
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.hair * 2
            border.color: Theme.edge

            Rectangle {
                x: Theme.unit * 4
                y: parent.height * 0.78
                width: parent.width - Theme.unit * 8
                height: Theme.hair
                color: Theme.line
            }
            Words {
                anchors.centerIn: parent
                visible: sheet.strokes.length === 0
                text: W.t("signature.here")
                font.pixelSize: Theme.lead
                color: Theme.inkSoft
            }
            Ink {
                id: sheet
                objectName: "sheet"
                anchors.fill: parent
                pen: width * 0.007
            }
            MouseArea {
                objectName: "finger"
                Accessible.role: Accessible.Canvas
                Accessible.name: W.t("signature.here")
                anchors.fill: parent
                preventStealing: true // drawing does not scroll the page
                onPressed: event => sheet.begin(event.x, event.y)
                onPositionChanged: event => sheet.go(sheet.strokes.length - 1, event.x, event.y)
            }
        }
    }
}
