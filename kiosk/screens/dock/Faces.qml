// The twelve citizens in two rows, after "none" and before one more choice.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Grid {
    id: faces

    property string prefix // objectName of a tile: prefix + id
    property var people: [] // id, name, portrait
    property var none: ({}) // text, icon: the first tile, whose id is ""
    property var more: ({}) // id, text, icon: the last tile
    property string chosen
    readonly property real tile: Math.floor((width - 6 * spacing) / 7)
    signal picked(string id)

    columns: 7
    spacing: Theme.unit

    Face {
        objectName: faces.prefix + "none"
        width: faces.tile
        text: faces.none.text
        icon: faces.none.icon
        chosen: faces.chosen === ""
        onTapped: faces.picked("")
    }
    Repeater {
        model: faces.people
        Face {
            id: one
            required property var modelData
            objectName: faces.prefix + modelData.id
            width: faces.tile
            text: modelData.name
            portrait: modelData.portrait
            chosen: faces.chosen === modelData.id
            onTapped: faces.picked(one.modelData.id)
        }
    }
    Face {
        objectName: faces.prefix + faces.more.id
        width: faces.tile
        text: faces.more.text
        icon: faces.more.icon
        chosen: faces.chosen === faces.more.id
        onTapped: faces.picked(faces.more.id)
    }
}
