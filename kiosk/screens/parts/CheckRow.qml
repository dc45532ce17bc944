// One check: how it is, which one, what was found, and what helps.
import QtQuick
import kiosk.screens.theme

Item {
    id: row

    property var check: ({}) // CheckLine

    implicitHeight: Math.max(lamp.height, words.implicitHeight) + Theme.unit * 3

    Lamp {
        id: lamp
        y: Theme.unit * 1.5
        width: Theme.small * 7.5
        lamp: row.check.lamp || null
        size: Theme.small
    }
    Column {
        id: words
        y: Theme.unit * 1.5
        anchors.left: lamp.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        Words {
            width: parent.width
            text: W.of(row.check.told)
            lineHeight: 0.92
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: W.of(row.check.remedy)
            font.pixelSize: Theme.small
            color: Theme.inkSoft
            lineHeight: 0.92
        }
        Words {
            width: parent.width
            text: row.check.id || ""
            font.pixelSize: Theme.small
            color: Theme.inkSoft
            lineHeight: 0.92
        }
    }
}
