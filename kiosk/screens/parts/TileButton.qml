// A department, a life event or a door: an icon and its name, beside or above it.
import QtQuick
import kiosk.screens.theme

Tap {
    id: tile

    property string text
    property string detail
    property string icon
    property bool tall: false // icon above
    property bool big: false // beside, but larger
    property bool strong: false // filled: the doors

    readonly property color ink: strong ? Theme.brandInk : Theme.ink

    name: text
    implicitHeight: tall ? Math.max(Theme.unit * 24, column.implicitHeight + Theme.unit * 6) : Math.max(Theme.button, label.implicitHeight + Theme.unit * 4)

    Card {
        anchors.fill: parent
        color: tile.strong ? (tile.pressed ? Theme.brandDeep : Theme.brand) : tile.pressed ? Theme.brandTint : Theme.surface
        border.color: tile.strong ? Theme.brand : Theme.line
        border.width: Theme.hair
    }
    Row {
        visible: !tile.tall
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.unit * (tile.big ? 4 : 2.5)
        spacing: Theme.unit * (tile.big ? 3 : 2)
        Icon {
            id: side
            anchors.verticalCenter: parent.verticalCenter
            name: tile.icon
            size: tile.big ? Theme.unit * 8 : Theme.heading
            color: tile.strong ? Theme.brandInk : Theme.brand
        }
        Words {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            width: tile.width - side.width - Theme.unit * (tile.big ? 9.5 : 6.5)
            text: tile.text
            bold: tile.big
            font.pixelSize: tile.big ? Theme.lead : Theme.body
            lineHeight: 0.92
            color: tile.ink
            Accessible.ignored: true
        }
    }
    Column {
        id: column
        visible: tile.tall
        anchors.centerIn: parent
        width: parent.width - Theme.unit * 4
        spacing: Theme.unit
        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: tile.icon
            size: Theme.unit * 9
            color: tile.strong ? Theme.brandInk : Theme.brand
        }
        Words {
            width: parent.width
            text: tile.text
            bold: true
            font.pixelSize: Theme.portrait ? Theme.heading : Theme.lead
            lineHeight: 0.92
            horizontalAlignment: Text.AlignHCenter
            color: tile.ink
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: tile.detail
            font.pixelSize: Theme.small
            lineHeight: 0.92
            horizontalAlignment: Text.AlignHCenter
            color: tile.strong ? Theme.brandInkSoft : Theme.inkSoft
            Accessible.ignored: true
        }
    }
}
