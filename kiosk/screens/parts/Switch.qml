// A small switch of the top bar; what is on is filled and ticked, so that colour is not the only sign.
import QtQuick
import kiosk.screens.theme

Tap {
    id: one

    property string text
    property string icon
    property bool on: false
    property string ticked: "check" // the icon while it is on

    name: text
    role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: on
    implicitWidth: Math.max(Theme.target, row.implicitWidth + Theme.unit * 4)
    implicitHeight: Theme.target

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: one.pressed ? Theme.brandTint : one.on ? Theme.brand : Theme.surface
        border.width: Theme.hair
        border.color: one.on ? Theme.brand : Theme.edge
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.unit

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: one.icon !== "" || one.on
            name: one.on ? one.ticked : one.icon
            size: Theme.body
            color: label.color
        }
        Words {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            visible: one.text !== ""
            text: one.text
            font.pixelSize: Math.min(Theme.small, Theme.bar)
            lineHeight: 1
            wrapMode: Text.NoWrap
            color: one.on && !one.pressed ? Theme.brandInk : Theme.ink
            Accessible.ignored: true
        }
    }
}
