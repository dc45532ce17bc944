// A small switch of the top bar; what is on is filled and ticked, so that colour is not the only sign.
import QtQuick
import kiosk.screens.theme

Tap {
    id: one

    property string text
    property string icon
    property bool on: false

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
        border.width: one.activeFocus ? Theme.hair * 2 : Theme.hair
        border.color: one.activeFocus ? Theme.focus : one.on ? Theme.brand : Theme.edge
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.unit

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: one.icon !== "" || one.on
            name: one.on ? "check" : one.icon
            size: Theme.body
            color: label.color
        }
        Words {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            text: one.text
            font.pixelSize: Math.min(Theme.small, 28 * Theme.scale)
            lineHeight: 1
            wrapMode: Text.NoWrap
            color: one.on && !one.pressed ? Theme.brandInk : Theme.ink
            Accessible.ignored: true
        }
    }
}
