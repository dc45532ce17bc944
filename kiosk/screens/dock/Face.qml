// One tile of a row of people: a portrait or an icon, a name, and a frame with a tick around the one that is there.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Tap {
    id: face

    property string portrait
    property string icon
    property string text
    property bool chosen: false

    name: text
    role: Accessible.RadioButton
    Accessible.checked: chosen
    implicitHeight: frame.height + label.implicitHeight + Theme.unit * 0.5

    Rectangle {
        id: frame
        width: face.width
        height: Math.round(width * 1.18)
        radius: Theme.unit
        color: face.pressed ? Theme.brandTint : Theme.sunken
        border.width: face.chosen ? Theme.hair * 3 : face.activeFocus ? Theme.hair * 2 : Theme.hair
        border.color: face.chosen ? Theme.brand : face.activeFocus ? Theme.focus : Theme.line

        Image {
            anchors.fill: parent
            anchors.margins: frame.border.width
            visible: face.portrait !== ""
            source: face.portrait
            sourceSize.width: 120
            fillMode: Image.PreserveAspectCrop
        }
        Icon {
            anchors.centerIn: parent
            visible: face.portrait === ""
            name: face.icon
            size: frame.width * 0.5
            color: Theme.inkSoft
        }
        Rectangle {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            visible: face.chosen
            width: Theme.unit * 4
            height: width
            radius: width / 2
            color: Theme.brand
            Icon {
                anchors.centerIn: parent
                name: "check"
                size: parent.width * 0.8
                color: Theme.brandInk
            }
        }
    }
    Words {
        id: label
        anchors.top: frame.bottom
        anchors.topMargin: Theme.unit * 0.5
        width: face.width
        text: face.text
        bold: face.chosen
        font.pixelSize: Theme.small
        color: face.chosen ? Theme.brand : Theme.ink
        lineHeight: 1
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
        horizontalAlignment: Text.AlignHCenter
        Accessible.ignored: true
    }
}
