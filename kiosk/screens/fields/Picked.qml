// What has been chosen so far, and the way back to choose again.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Tap {
    id: picked

    property string field
    property string text

    objectName: "change:" + field
    name: text + " " + W.t("fields.change")
    implicitHeight: Math.max(Theme.button, said.implicitHeight + Theme.unit * 4)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.brandTint
        border.width: Theme.hair * 2
        border.color: Theme.brand
    }
    Icon {
        id: sign
        x: Theme.gap * 1.5
        anchors.verticalCenter: parent.verticalCenter
        name: "check-circle"
        size: Theme.heading
    }
    Words {
        id: said
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: change.left
        anchors.rightMargin: Theme.gap
        text: picked.text
        bold: true
        font.pixelSize: Theme.lead
        color: Theme.brandDeep
        lineHeight: 0.92
        Accessible.ignored: true
    }
    Words {
        id: change
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap * 1.5
        text: W.t("fields.change")
        color: Theme.brand
        font.underline: true
        lineHeight: 1
        Accessible.ignored: true
    }
}
