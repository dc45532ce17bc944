// One service of a list. What is not available now is greyed, says why, and still opens.
import QtQuick
import kiosk.screens.theme

Tap {
    id: tile

    property var item: ({}) // an ItemTile

    readonly property bool available: item.available !== false

    objectName: "item:" + item.id
    name: W.of(item.title) + (available ? "" : " " + W.of(item.why) + " " + W.of(item.where))
    implicitHeight: Math.max(Theme.button, words.implicitHeight + Theme.unit * 5)

    Card {
        anchors.fill: parent
        color: tile.pressed ? Theme.brandTint : tile.available ? Theme.surface : Theme.sunken
        border.color: Theme.line
        border.width: Theme.hair
    }
    Rectangle {
        id: sign
        x: Theme.unit * 3
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.unit * 9
        height: width
        radius: Theme.radius
        color: tile.available ? Theme.brandTint : Theme.surface
        Icon {
            anchors.centerIn: parent
            name: tile.item.icon || ""
            size: Theme.unit * 6
            color: tile.available ? Theme.brand : Theme.inkFaint
        }
    }
    Column {
        id: words
        anchors.left: sign.right
        anchors.leftMargin: Theme.unit * 3
        anchors.right: arrow.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 0.5

        Words {
            width: parent.width
            text: W.of(tile.item.title)
            bold: true
            font.pixelSize: Theme.lead
            lineHeight: 0.92
            color: tile.available ? Theme.ink : Theme.inkFaint
        }
        Words {
            width: parent.width
            text: tile.available ? W.of(tile.item.department_title) : W.of(tile.item.why)
            font.pixelSize: Theme.small
            lineHeight: 0.92
            color: tile.available ? Theme.inkSoft : Theme.inkFaint
        }
        Words {
            width: parent.width
            visible: !tile.available && text !== ""
            text: W.of(tile.item.where)
            font.pixelSize: Theme.small
            lineHeight: 0.92
            color: Theme.inkSoft
        }
    }
    Icon {
        id: arrow
        anchors.right: parent.right
        anchors.rightMargin: Theme.unit * 3
        anchors.verticalCenter: parent.verticalCenter
        name: tile.available ? "chevron-right" : "clock-outline"
        size: Theme.lead * 1.2
        color: tile.available ? Theme.brand : Theme.inkFaint
    }
}
