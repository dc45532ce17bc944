// Services one below the other; two columns where the glass is wide.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Grid {
    id: list

    property var items: []
    signal chosen(string id)

    columns: width > Theme.unit * 150 ? 2 : 1
    spacing: Theme.unit * 2

    Repeater {
        model: list.items
        ItemTileButton {
            id: tile
            required property var modelData
            width: (list.width - list.spacing * (list.columns - 1)) / list.columns
            item: modelData
            onTapped: list.chosen(tile.modelData.id)
        }
    }
}
