// A piece of paper at reading size in a window of its own; a click, or Escape, puts it away.
import QtQuick
import kiosk.screens.theme

Window {
    id: enlarged

    property string source
    readonly property real most: Screen.desktopAvailableHeight * 0.9 - Theme.space
    // A page is shown whole; what is much longer than a page is scrolled.
    readonly property real shrunk: Math.max(0.55, Math.min(1, most / Math.max(1, paper.implicitHeight)))

    function read(picture: string) {
        source = picture;
        flick.contentY = 0;
        visible = true;
        requestActivate();
    }

    title: W.t("dock.paper")
    flags: Qt.Dialog
    color: Theme.sunken
    x: Math.max(0, (transientParent?.x ?? 0) - width - Theme.gap)
    y: transientParent?.y ?? 0
    width: Math.min(Screen.desktopAvailableWidth * 0.9, paper.implicitWidth * shrunk + Theme.space)
    height: Math.min(most, paper.height) + Theme.space

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
            width: Math.min(implicitWidth * enlarged.shrunk, flick.width - Theme.space)
            height: implicitHeight * width / Math.max(1, implicitWidth)
            mipmap: true
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
