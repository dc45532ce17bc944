// A sentence that must be seen: kind is info, good, warn or bad; never told by its colour alone.
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: notice

    property string text
    property string kind: "info"
    property string icon: kind === "good" ? "check-circle" : kind === "warn" ? "alert" : kind === "bad" ? "alert-circle" : "information"
    readonly property color tone: kind === "good" ? Theme.good : kind === "warn" ? Theme.warn : kind === "bad" ? Theme.bad : Theme.brand
    property real size: Theme.body

    visible: text !== ""
    implicitHeight: text !== "" ? words.implicitHeight + Theme.space : 0
    radius: Theme.radius
    color: kind === "good" ? Theme.goodTint : kind === "warn" ? Theme.warnTint : kind === "bad" ? Theme.badTint : Theme.brandTint

    Icon {
        id: sign
        x: Theme.gap * 1.5
        y: Theme.gap + (words.font.pixelSize * 1.45 - height) / 2
        name: notice.icon
        size: notice.size * 1.3
        color: notice.tone
    }
    Words {
        id: words
        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap * 1.5
        y: Theme.gap
        text: notice.text
        font.pixelSize: notice.size
        color: notice.tone
    }
}
