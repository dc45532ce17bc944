// A question above everything else: the veil swallows what is touched beside it.
import QtQuick
import QtQuick.Layouts
import kiosk.screens.theme

Item {
    id: sheet

    property string icon
    property string title
    property string text
    default property alias content: inside.data
    property alias actions: bar.data
    readonly property real inner: inside.width

    anchors.fill: parent

    Rectangle {
        anchors.fill: parent
        color: Theme.veil
        MouseArea {
            anchors.fill: parent
        }
    }
    Card {
        anchors.horizontalCenter: parent.horizontalCenter
        // In portrait a hand reaches the lower part; the question stands there.
        y: Theme.portrait ? Math.max(Theme.margin, parent.height - height - Theme.unit * 24) : (parent.height - height) / 2
        width: Math.min(parent.width - 2 * Theme.margin, Theme.unit * 125)
        height: column.implicitHeight + Theme.unit * 12

        Column {
            id: column
            x: Theme.unit * 6
            y: Theme.unit * 6
            width: parent.width - Theme.unit * 12
            spacing: Theme.space

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
                    width: column.width - sign.width - Theme.unit * 3
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
            RowLayout {
                id: bar
                width: parent.width
                spacing: Theme.unit * 3
                uniformCellSizes: true
            }
        }
    }
}
