// The twelve keys on the glass, as they stand on a telephone: who cannot see them feels where they are by the edge of the glass, and hears
// what a key does while the finger rests on it; it acts on release. In portrait below everything, in landscape at the right edge.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: pad

    signal keyed(string key)
    signal felt(string key)

    readonly property real cell: (width - 2 * grid.x - 2 * grid.spacing) / 3
    readonly property real tallest: {
        let height = Theme.button;
        for (let place = 0; place < keys.count; place++)
            height = Math.max(height, keys.itemAt(place)?.implicitHeight ?? 0);
        return height;
    }

    objectName: "pad"
    implicitWidth: Math.max(Theme.unit * 56, 3 * Theme.target + Theme.unit * 10)
    implicitHeight: grid.implicitHeight + Theme.unit * 4
    color: Theme.sunken

    MouseArea {
        objectName: "pad:ground"
        anchors.fill: parent // a touch between two keys is nobody's
        Accessible.ignored: true
    }

    Grid {
        id: grid
        x: Theme.portrait ? Theme.margin : Theme.unit * 3
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.unit * 2
        columns: 3
        spacing: Theme.apart

        Repeater {
            id: keys
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"]
            Tap {
                id: key
                required property string modelData
                objectName: "pad:" + modelData
                activeFocusOnTab: false // what is walked through with these keeps the focus
                name: modelData + " " + does.text
                width: pad.cell
                height: pad.tallest
                implicitHeight: words.implicitHeight + Theme.unit * 2
                onPressedChanged: if (pressed)
                    pad.felt(modelData)
                onTapped: pad.keyed(modelData)

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radius
                    color: key.pressed ? Theme.brandTint : key.modelData === "5" ? Theme.brand : Theme.surface
                    border.width: Theme.hair
                    border.color: Theme.edge
                }
                Column {
                    id: words
                    readonly property color ink: key.modelData === "5" && !key.pressed ? Theme.brandInk : Theme.ink
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.unit / 2
                    width: parent.width - 2 * x
                    Words {
                        width: parent.width
                        text: key.modelData
                        bold: true
                        font.pixelSize: Theme.heading
                        lineHeight: 0.85
                        horizontalAlignment: Text.AlignHCenter
                        color: words.ink
                        Accessible.ignored: true
                    }
                    Words {
                        id: does
                        width: parent.width
                        visible: Theme.portrait || !Theme.low // four rows in reach of who sits; a finger on the key still hears it
                        text: W.t("reader.key." + (key.modelData === "*" ? "star" : key.modelData === "#" ? "hash" : key.modelData))
                        font.pixelSize: Math.max(Theme.leastText, Math.min(Theme.small, Math.round(30 * Theme.scale))) // seven letters in a key
                        lineHeight: 0.9
                        horizontalAlignment: Text.AlignHCenter
                        color: words.ink
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
