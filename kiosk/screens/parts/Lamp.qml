// How something is, for a technician: a colour, an icon and a word, always all three. level: good, warn, bad, dim.
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: lamp

    property var lamp: null // {level, word}
    property real size: Theme.body
    readonly property string level: lamp.lamp ? lamp.lamp.level : ""
    readonly property color tone: level === "good" ? Theme.good : level === "warn" ? Theme.warn : level === "bad" ? Theme.bad : Theme.inkSoft

    visible: level !== ""
    implicitWidth: sign.width + words.implicitWidth + Theme.unit * 4
    implicitHeight: words.implicitHeight + Theme.unit
    radius: Theme.radius
    color: level === "good" ? Theme.goodTint : level === "warn" ? Theme.warnTint : level === "bad" ? Theme.badTint : Theme.sunken

    Icon {
        id: sign
        x: Theme.unit * 1.5
        anchors.verticalCenter: parent.verticalCenter
        name: lamp.level === "good" ? "check-circle" : lamp.level === "warn" ? "alert" : lamp.level === "bad" ? "close-octagon" : "minus-circle-outline"
        size: lamp.size * 1.15
        color: lamp.tone
    }
    Words {
        id: words
        anchors.left: sign.right
        anchors.leftMargin: Theme.unit
        anchors.right: parent.right
        anchors.rightMargin: Theme.unit
        anchors.verticalCenter: parent.verticalCenter
        text: lamp.lamp ? W.of(lamp.lamp.word) : ""
        bold: true
        font.pixelSize: lamp.size
        color: lamp.tone
        lineHeight: 1
    }
}
