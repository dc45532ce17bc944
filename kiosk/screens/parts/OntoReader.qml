// A card that moves onto its reader, drawn on the side of the glass where the reader of this terminal is. What is on the card is given.
import QtQuick
import kiosk.screens.theme

Card {
    id: scene

    property string where: "below" // left, right, above, below
    property bool busy: false // it lies there and is read
    property string icon
    property string label // of the reader
    property color cardColor: Theme.surface
    default property alias picture: card.data
    readonly property bool upright: where === "above" || where === "below"
    readonly property int sign: where === "below" || where === "right" ? 1 : -1
    property real nearness: 0 // of the card: 0 away, 1 on the reader

    onBusyChanged: nearness = busy ? 1 : 0

    Rectangle {
        id: reader
        readonly property real edge: Theme.unit * (Theme.portrait ? 10 : 6)
        width: scene.upright ? Theme.unit * 62 : Math.min(Theme.unit * 34, scene.width * 0.34)
        height: scene.upright ? Theme.unit * 16 : Math.max(Theme.unit * 34, said.implicitHeight + Theme.unit * 3)
        x: scene.upright ? (scene.width - width) / 2 : scene.sign > 0 ? scene.width - width - edge / 2 : edge / 2
        y: !scene.upright ? (scene.height - height) / 2 : scene.sign > 0 ? scene.height - height - edge : edge
        radius: Theme.radiusLarge
        color: scene.busy ? Theme.goodTint : Theme.brandTint
        border.width: Theme.hair * 2
        border.color: scene.busy ? Theme.good : Theme.brand

        Grid {
            id: said
            anchors.centerIn: parent
            columns: scene.upright ? 2 : 1
            spacing: Theme.gap
            horizontalItemAlignment: Grid.AlignHCenter
            verticalItemAlignment: Grid.AlignVCenter
            Icon {
                name: scene.icon
                size: Theme.title
                color: scene.busy ? Theme.good : Theme.brand
            }
            Words {
                id: words
                width: scene.upright ? Math.ceil(measure.advanceWidth) + Theme.unit : reader.width - 2 * Theme.gap
                horizontalAlignment: Text.AlignHCenter
                text: scene.label
                bold: true
                font.pixelSize: Theme.lead
                lineHeight: 1
                color: scene.busy ? Theme.good : Theme.brand
            }
        }
    }
    TextMetrics {
        id: measure
        font: words.font
        text: scene.label
    }
    Rectangle {
        id: card
        readonly property real far: Theme.unit * (Theme.portrait ? 16 : 8)
        readonly property real near: -Theme.unit * 2 // it covers the edge of the reader
        readonly property real gap: far + (near - far) * scene.nearness
        width: Math.min(Theme.unit * 42, scene.upright ? scene.width : scene.width - reader.width - far - Theme.unit * 8)
        height: width * 26 / 42
        x: scene.upright ? (scene.width - width) / 2 : scene.sign > 0 ? reader.x - width - gap : reader.x + reader.width + gap
        y: !scene.upright ? (scene.height - height) / 2 : scene.sign > 0 ? reader.y - height - gap : reader.y + reader.height + gap
        radius: Theme.radius
        color: scene.cardColor
        border.width: Theme.hair * 2
        border.color: Theme.brandDeep
    }
    SequentialAnimation on nearness {
        running: scene.visible && !scene.busy && Theme.moves
        loops: Animation.Infinite
        PauseAnimation { duration: 500 }
        NumberAnimation { to: 1; duration: 900; easing.type: Easing.InOutQuad }
        PauseAnimation { duration: 900 }
        NumberAnimation { to: 0; duration: 500; easing.type: Easing.InOutQuad }
    }
}
