// A heading and a grid of equal tiles below it.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Column {
    id: section

    property string title
    property var tiles: [] // Tile: id, title, icon
    property string prefix // objectName and answer: prefix + id
    property int columns: 3
    readonly property real tallest: {
        let height = 0;
        for (let place = 0; place < repeater.count; place++)
            height = Math.max(height, repeater.itemAt(place)?.implicitHeight ?? 0);
        return height;
    }
    signal chosen(string shelf)

    visible: tiles.length > 0
    spacing: Theme.unit * 2

    Words {
        width: parent.width
        text: section.title
        bold: true
        font.pixelSize: Theme.lead
        lineHeight: 0.92
    }
    Grid {
        id: grid
        columns: section.columns
        spacing: Theme.apart
        Repeater {
            id: repeater
            model: section.tiles
            TileButton {
                id: tile
                required property var modelData
                objectName: "shelf:" + section.prefix + modelData.id
                width: (section.width - grid.spacing * (section.columns - 1)) / section.columns
                height: section.tallest
                text: W.of(modelData.title)
                icon: modelData.icon
                onTapped: section.chosen(section.prefix + tile.modelData.id)
            }
        }
    }
}
