// A grid of cells, as many columns as hold the longest word. `cells`: [{id, text, detail}]; a touched one comes as `picked(id)`.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Grid {
    id: grid

    property string prefix // objectName of a cell: prefix + id
    property var cells: []
    property string chosen
    property real size: Theme.lead
    property int most: Theme.portrait ? 4 : 6 // columns
    signal picked(string id)

    readonly property real widest: {
        let width = Theme.target + metrics.height * 0; // read, since a call alone does not notice other type
        for (const cell of cells)
            width = Math.max(width, metrics.advanceWidth(cell.text));
        return Math.ceil(width) + Theme.unit * 4;
    }
    readonly property real tallest: {
        let height = 0;
        for (let place = 0; place < repeater.count; place++)
            height = Math.max(height, repeater.itemAt(place)?.implicitHeight ?? 0);
        return height;
    }

    // Very long words (自治州) take two lines: they do not make everybody's column wider.
    columns: Math.max(1, Math.min(most, Math.floor((width + spacing) / (Math.min(widest, size * 8) + spacing))))
    spacing: Theme.apart

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.pixelSize: grid.size
        font.bold: true
    }

    Repeater {
        id: repeater
        model: grid.cells
        delegate: Cell {
            id: cell
            required property var modelData
            objectName: grid.prefix + modelData.id
            width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
            height: grid.tallest
            text: modelData.text
            detail: modelData.detail || ""
            size: grid.size
            chosen: grid.chosen !== "" && grid.chosen === modelData.id
            onTapped: grid.picked(cell.modelData.id)
        }
    }
}
