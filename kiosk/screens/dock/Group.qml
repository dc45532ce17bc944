// One part of the world: an icon, its name, what may stand at the right of it, and its content below.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Card {
    id: group

    property string icon
    property string title
    property alias corner: corner.data
    default property alias content: inside.data

    implicitHeight: inside.y + inside.implicitHeight + Theme.gap

    Icon {
        id: sign
        x: Theme.gap
        y: Theme.unit + (corner.height - height) / 2
        name: group.icon
        size: Theme.lead
    }
    Words {
        anchors.left: sign.right
        anchors.leftMargin: Theme.unit
        anchors.right: corner.left
        anchors.verticalCenter: sign.verticalCenter
        text: group.title
        bold: true
        lineHeight: 1
        maximumLineCount: 1
        elide: Text.ElideRight
    }
    Row {
        id: corner
        anchors.right: parent.right
        anchors.rightMargin: Theme.unit
        y: Theme.unit
        height: Theme.target
        spacing: Theme.unit
    }
    Column {
        id: inside
        x: Theme.gap
        y: corner.y + corner.height + Theme.unit
        width: group.width - 2 * Theme.gap
        spacing: Theme.unit * 1.5
    }
}
