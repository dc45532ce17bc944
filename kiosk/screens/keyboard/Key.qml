// One key. It acts on release, once, however long it is held; the field keeps the focus.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Tap {
    id: key

    property string label
    property string icon
    property string kind: "plain" // plain | side (what is not a character) | main (the one that finishes)
    property bool on: false // a key that stays down, such as shift
    readonly property bool filled: kind === "main" || on

    activeFocusOnTab: false // the field keeps the focus while its keys are touched
    name: label

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !key.enabled ? Theme.sunken : key.filled ? (key.pressed ? Theme.brandDeep : Theme.brand) : key.pressed ? Theme.brandTint : key.kind === "side" ? Theme.paper : Theme.surface
        border.width: Theme.hair
        border.color: key.pressed && !key.filled ? Theme.brand : key.enabled ? Theme.edge : Theme.line
    }
    Words {
        anchors.fill: parent
        anchors.leftMargin: Theme.unit / 2
        anchors.rightMargin: Theme.unit / 2
        visible: key.icon === ""
        text: key.label
        font.pixelSize: Math.min(key.kind === "plain" ? Theme.heading : Theme.body, Math.floor(key.height / 1.5)) // a line is 1.45 em
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Math.max(Theme.leastText, Theme.body * 0.7)
        bold: key.filled
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
        color: !key.enabled ? Theme.inkFaint : key.filled ? Theme.brandInk : key.kind === "side" ? Theme.brand : Theme.ink
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        lineHeight: 1
        Accessible.ignored: true
    }
    Icon {
        anchors.centerIn: parent
        visible: key.icon !== ""
        name: key.icon
        size: Theme.heading
        color: !key.enabled ? Theme.inkFaint : key.filled ? Theme.brandInk : Theme.brand
    }
}
