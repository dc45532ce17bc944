// One of several equal ways on: an icon, what it is, and a sentence that says what it means.
import QtQuick
import kiosk.screens.theme

Tap {
    id: choice

    property string text
    property string detail
    property string icon

    name: text
    implicitHeight: Math.max(Theme.button, words.implicitHeight + Theme.unit * 7)

    Card {
        anchors.fill: parent
        color: choice.pressed ? Theme.brandTint : Theme.surface
        border.color: Theme.brand
        border.width: Theme.hair
    }
    Icon {
        id: sign
        x: Theme.unit * 4
        anchors.verticalCenter: parent.verticalCenter
        name: choice.icon
        size: Theme.unit * 9
        color: Theme.brand
    }
    Column {
        id: words
        anchors.left: sign.right
        anchors.leftMargin: Theme.unit * 4
        anchors.right: arrow.left
        anchors.rightMargin: Theme.unit * 2
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit
        Words {
            width: parent.width
            text: choice.text
            bold: true
            font.pixelSize: Theme.lead
            lineHeight: 1
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: choice.detail
            lineHeight: 1.1
            color: Theme.inkSoft
            Accessible.ignored: true
        }
    }
    Icon {
        id: arrow
        anchors.right: parent.right
        anchors.rightMargin: Theme.unit * 3
        anchors.verticalCenter: parent.verticalCenter
        name: "chevron-right"
        size: Theme.heading
        color: Theme.brand
    }
}
