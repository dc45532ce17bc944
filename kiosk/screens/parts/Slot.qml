// This terminal from the front, and a sheet that comes out where its slot is. Without motion the sheet is out.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Item {
    id: drawing

    property string where: "below" // left, right, above, below
    property real size: Theme.unit * 9
    property color tone: Theme.brand
    property bool card: false // it is a card that lies there
    property real out: 1 // how far the sheet is out, 0..1
    readonly property bool upright: where === "above" || where === "below"
    readonly property int sign: where === "below" || where === "right" ? 1 : -1
    readonly property real line: Math.max(Theme.hair, size / 30)

    implicitWidth: size
    implicitHeight: size

    Item { // nothing of the sheet is seen on the inner side of the slot
        id: outside
        clip: true
        x: drawing.upright ? drawing.size * 0.28 : drawing.sign > 0 ? slot.x + slot.width : 0
        y: !drawing.upright ? drawing.size * 0.28 : drawing.sign > 0 ? slot.y + slot.height : 0
        width: drawing.upright ? drawing.size * 0.44 : drawing.size - slot.width - glass.width - drawing.line * 2
        height: drawing.upright ? drawing.size - slot.height - glass.height - drawing.line * 2 : drawing.size * 0.44

        Rectangle {
            width: parent.width
            height: parent.height
            x: drawing.upright ? 0 : -drawing.sign * width * (1 - drawing.out)
            y: drawing.upright ? -drawing.sign * height * (1 - drawing.out) : 0
            color: Theme.surface
            border.width: drawing.line
            border.color: drawing.tone
            Icon {
                anchors.centerIn: parent
                visible: drawing.card
                name: "card-account-details-outline"
                size: Math.min(parent.width, parent.height) * 0.8
                color: drawing.tone
            }
            Column {
                anchors.centerIn: parent
                spacing: drawing.size / 16
                Repeater {
                    model: drawing.card ? 0 : 2
                    Rectangle {
                        width: outside.width * 0.6
                        height: drawing.line
                        color: drawing.tone
                    }
                }
            }
        }
    }
    Rectangle {
        id: slot
        width: drawing.upright ? drawing.size * 0.6 : drawing.size * 0.09
        height: drawing.upright ? drawing.size * 0.09 : drawing.size * 0.6
        x: drawing.upright ? drawing.size * 0.2 : drawing.sign > 0 ? glass.x + glass.width + drawing.line : glass.x - width - drawing.line
        y: !drawing.upright ? drawing.size * 0.2 : drawing.sign > 0 ? glass.y + glass.height + drawing.line : glass.y - height - drawing.line
        color: drawing.tone
        radius: drawing.line
    }
    Rectangle {
        id: glass
        width: drawing.size * (drawing.upright ? 0.7 : 0.5)
        height: drawing.size * (drawing.upright ? 0.5 : 0.7)
        x: drawing.upright ? drawing.size * 0.15 : drawing.sign > 0 ? 0 : drawing.size - width
        y: !drawing.upright ? drawing.size * 0.15 : drawing.sign > 0 ? 0 : drawing.size - height
        radius: drawing.line * 2
        color: Theme.brandTint
        border.width: drawing.line
        border.color: drawing.tone
        Icon {
            anchors.centerIn: parent
            name: "bank"
            size: parent.height * 0.5
            color: drawing.tone
        }
    }
    SequentialAnimation on out {
        running: drawing.visible && Theme.moves
        loops: Animation.Infinite
        onRunningChanged: if (!running) drawing.out = 1
        NumberAnimation { from: 0; to: 1; duration: 1200; easing.type: Easing.OutQuad }
        PauseAnimation { duration: 1500 }
    }
}
