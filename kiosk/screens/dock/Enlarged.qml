// A piece of paper at reading size in a window of its own; a click, or Escape, puts it away.
import QtQuick
import kiosk.screens.theme

Window {
    id: enlarged

    property string source

    function read(picture: string) {
        source = picture;
        flick.contentY = 0;
        visible = true;
        requestActivate();
    }

    title: W.t("dock.paper")
    flags: Qt.Dialog
    color: Theme.sunken
    width: Math.min(Screen.desktopAvailableWidth * 0.9, paper.implicitWidth + Theme.space)
    height: Math.min(Screen.desktopAvailableHeight * 0.9, paper.implicitHeight + Theme.space)

    Flickable {
        id: flick
        anchors.fill: parent
        contentWidth: width
        contentHeight: paper.height + Theme.space
        boundsBehavior: Flickable.StopAtBounds

        Image {
            id: paper
            x: (flick.width - width) / 2
            y: Theme.gap
            width: Math.min(implicitWidth, flick.width - Theme.space)
            fillMode: Image.PreserveAspectFit
            source: enlarged.source
        }
        MouseArea {
            width: flick.contentWidth
            height: Math.max(flick.contentHeight, flick.height)
            onClicked: enlarged.visible = false
        }
    }
    Item {
        focus: true
        Keys.onEscapePressed: enlarged.visible = false
    }
}
