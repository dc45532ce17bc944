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
            model: section.tiles
            TileButton {
                id: tile
                required property var modelData
                objectName: "shelf:" + section.prefix + modelData.id
                width: (section.width - grid.spacing * (section.columns - 1)) / section.columns
                text: W.of(modelData.title)
                icon: modelData.icon
                onTapped: section.chosen(section.prefix + tile.modelData.id)
            }
        }
    }
}
