// A question above everything else: the veil swallows what is touched beside it. What is too long for the glass scrolls.
import QtQuick
import kiosk.screens.theme

Item {
    id: sheet

    property string icon
    property string title
    property string text
    default property alias content: inside.data
    property alias actions: bar.data
    readonly property real inner: inside.width
    readonly property real highest: Theme.low ? Theme.height * Theme.reach : Theme.margin // where its upper edge may stand
    readonly property real lowest: Theme.portrait ? height - Theme.unit * (Theme.low ? 4 : 24) : height - Theme.unit * 4
    readonly property real room: lowest - highest

    anchors.fill: parent

    Rectangle {
        anchors.fill: parent
        color: Theme.veil
        MouseArea {
            objectName: "veil:ground"
            anchors.fill: parent
            Accessible.ignored: true
        }
    }
    Card {
        id: card
        readonly property real frame: Theme.unit * (Theme.level > 0 || !Theme.portrait ? 4 : 6)
        anchors.horizontalCenter: parent.horizontalCenter
        // A hand reaches the lower part; the question stands there.
        y: Theme.portrait || Theme.low ? sheet.lowest - height : (parent.height - height) / 2
        width: Math.min(parent.width - 2 * Theme.margin, Theme.unit * (Theme.portrait ? 125 : 150))
        height: Math.min(sheet.room, body.needed + bar.implicitHeight + frame * 2 + Theme.space)

        Scroll {
            id: body
            objectName: "sheet"
            x: card.frame
            y: card.frame
            width: parent.width - 2 * x
            height: parent.height - y - bar.height - Theme.space - card.frame

            Row {
                spacing: Theme.unit * 3
                Icon {
                    id: sign
                    anchors.verticalCenter: parent.verticalCenter
                    name: sheet.icon
                    size: Theme.title * 1.2
                }
                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    width: body.width - sign.width - Theme.unit * 3
                    text: sheet.title
                    bold: true
                    font.pixelSize: Theme.title
                    lineHeight: 0.92
                }
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: sheet.text
                font.pixelSize: Theme.lead
            }
            Column {
                id: inside
                width: parent.width
                spacing: Theme.unit * 3
            }
        }
        Actions {
            id: bar
            x: card.frame
            anchors.bottom: parent.bottom
            anchors.bottomMargin: card.frame
            width: body.width
        }
    }
}
