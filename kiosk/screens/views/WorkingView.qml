// The machine or a department works: what is being done, and that there is nothing to do.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        y: (parent.height - height) * 0.42
        width: Math.min(parent.width - 2 * Theme.margin, Theme.unit * 120)
        spacing: Theme.unit * 6

        Dots {
            anchors.horizontalCenter: parent.horizontalCenter
            size: Theme.unit * 4
        }
        Words {
            width: parent.width
            text: W.of(screen.view.title)
            bold: true
            font.pixelSize: Theme.title
            lineHeight: 0.92
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            text: W.of(screen.view.detail) || W.t("working.wait")
            font.pixelSize: Theme.lead
            horizontalAlignment: Text.AlignHCenter
            color: Theme.inkSoft
        }
    }
}
