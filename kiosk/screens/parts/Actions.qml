// What to press, in one row of equal cells; one below the other where the words have no room side by side.
import QtQuick
import QtQuick.Layouts
import kiosk.screens.theme

GridLayout {
    id: actions

    readonly property var shown: visibleChildren.filter(one => one instanceof ActionButton)
    readonly property real widest: shown.reduce((width, one) => Math.max(width, one.implicitWidth), 0)
    // A text may take two lines before the cells are put one below the other, and no word is broken; beside three others it takes one.
    readonly property bool row: shown.length * Math.max(widest * (shown.length > 3 ? 1 : 0.6), longest) + (shown.length - 1) * columnSpacing <= width
    readonly property real longest: shown.reduce((width, one) => Math.max(width, one.least), 0)

    columns: row ? Math.max(1, shown.length) : shown.length > (Theme.portrait ? 3 : 2) ? 2 : 1
    columnSpacing: Theme.unit * 3
    rowSpacing: Theme.gap
    uniformCellWidths: true
    uniformCellHeights: true
}
