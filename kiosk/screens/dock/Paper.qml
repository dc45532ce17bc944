// One piece of paper that came out, small; a click makes it large.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Tap {
    id: paper

    property string source

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
        border.width: paper.activeFocus || paper.pressed ? Theme.hair * 2 : Theme.hair
        border.color: paper.activeFocus ? Theme.focus : paper.pressed ? Theme.brand : Theme.edge

        Image {
            anchors.fill: parent
            anchors.margins: Theme.hair * 2
            source: paper.source
            sourceSize.width: Math.ceil(width * Screen.devicePixelRatio)
            fillMode: Image.PreserveAspectFit
            verticalAlignment: Image.AlignTop
            asynchronous: true
            smooth: true
        }
    }
}
