// One of a few short answers, side by side in equal cells. `picks`: [{id, text}]; a touched one comes as `picked(id)`.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Grid {
    id: grid

    property string prefix // objectName of a cell: prefix + id
    property var picks: []
    property string chosen
    signal picked(string id)
    property int most: 4 // columns; fewer where a word has no room
    // `height` is read since a call alone does not notice other type.
    readonly property real widest: metrics.height * 0 + picks.reduce((width, pick) => Math.max(width, metrics.advanceWidth(pick.text)), 0) + Theme.heading + Theme.gap * 4.5
    readonly property int fitting: Math.max(1, Math.min(most, picks.length, Math.floor((width + spacing) / (widest + spacing))))
    readonly property int across: Math.ceil(picks.length / Math.max(1, Math.ceil(picks.length / fitting))) || 1 // rows as even as they come: 2 + 2, not 3 + 1
    readonly property real tallest: {
        let height = 0;
        for (let place = 0; place < cells.count; place++)
            height = Math.max(height, cells.itemAt(place)?.implicitHeight ?? 0);
        return height;
    }

    columns: across
    spacing: Theme.gap

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.pixelSize: Theme.lead
        font.bold: true
    }

    Repeater {
        id: cells
        model: grid.picks
        OptionButton {
            id: cell
            required property var modelData
            objectName: grid.prefix + modelData.id
            width: (grid.width - (grid.across - 1) * grid.spacing) / grid.across
            height: grid.tallest
            label: modelData.text
            chosen: grid.chosen === modelData.id
            onTapped: grid.picked(cell.modelData.id)
        }
    }
}
