// One case in the list: its number, what it is about, and the best score so far.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Tap {
    id: row

    property var one: ({}) // id, number, title, best (-1: not yet), of, passed

    objectName: "case:" + one.id
    name: one.number + " " + W.of(one.title)
    implicitHeight: Math.max(Theme.target, title.implicitHeight + Theme.gap)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: row.pressed ? Theme.brandTint : Theme.surface
        border.width: Theme.hair
        border.color: Theme.edge
    }
    Icon {
        id: sign
        x: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        name: row.one.passed ? "check-circle" : "circle-outline"
        size: Theme.lead
        color: row.one.passed ? Theme.good : Theme.inkSoft
    }
    Words {
        id: title
        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: best.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: row.one.number + "  " + W.of(row.one.title)
        lineHeight: 1
        Accessible.ignored: true
    }
    Words {
        id: best
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: row.one.best < 0 ? W.t("practice.not_yet") : W.t("practice.best", { score: row.one.best, of: row.one.of })
        font.pixelSize: Theme.small
        color: Theme.inkSoft
        lineHeight: 1
    }
}
