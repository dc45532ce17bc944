// One thing that decided the score: achieved, or missed and why it matters. Never told by its colour alone.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Item {
    id: row

    property var one: ({}) // met, said, missed, points

    implicitHeight: words.implicitHeight + Theme.unit

    Icon {
        id: sign
        y: Theme.unit * 0.5
        name: row.one.met ? "check-circle" : "close-circle"
        size: Theme.lead
        color: row.one.met ? Theme.good : Theme.bad
    }
    Column {
        id: words
        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: points.left
        anchors.rightMargin: Theme.gap
        Words {
            width: parent.width
            text: W.of(row.one.said)
            bold: !row.one.met
            lineHeight: 1
        }
        Words {
            width: parent.width
            visible: !row.one.met
            text: W.of(row.one.missed)
            font.pixelSize: Theme.small
            color: Theme.bad
            lineHeight: 1
        }
    }
    Words {
        id: points
        anchors.right: parent.right
        text: (row.one.met ? "+" + row.one.points : "0")
        font.pixelSize: Theme.small
        color: Theme.inkSoft
    }
}
