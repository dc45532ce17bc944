// One of the three of the bottom bar: back, help, end. Always in the same place.
import QtQuick
import kiosk.screens.theme

Tap {
    id: button

    property string text
    property string icon

    name: text
    implicitHeight: Theme.button

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: button.pressed ? Theme.brandTint : Theme.surface
        border.width: button.activeFocus ? Theme.hair * 2 : Theme.hair
        border.color: button.activeFocus ? Theme.focus : Theme.edge
    }
    Row {
        anchors.centerIn: parent
        spacing: Theme.gap
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: button.icon
            size: Theme.lead * 1.2
            color: Theme.ink
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: button.text
            bold: true
            font.pixelSize: Theme.body
            lineHeight: 1
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
