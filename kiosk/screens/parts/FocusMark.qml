// Where the keyboard is: a ring of two colours, one of which is seen on any ground.
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: mark

    property bool shown: false

    objectName: "focus:mark"
    anchors.fill: parent
    visible: shown
    radius: Theme.radius
    color: "transparent"
    border.width: Theme.hair * 2
    border.color: Theme.ink

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.hair * 2
        radius: Math.max(0, mark.radius - Theme.hair * 2)
        color: "transparent"
        border.width: Theme.hair * 2
        border.color: Theme.focus
    }
}
