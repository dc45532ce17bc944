// The invented citizens in two rows; the one who is chosen has a frame with a tick.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Grid {
    id: people

    property string role
    property string lever
    property var model: [] // id, name, portrait
    property string chosen
    property string back
    readonly property real tile: Math.floor((width - (columns - 1) * spacing) / columns)
    signal pulled(string lever, string value)

    columns: 6
    spacing: Theme.unit

    Repeater {
        model: people.model
        Face {
            id: one
            required property var modelData
            objectName: people.role + "." + people.lever + "=" + modelData.id
            width: people.tile
            text: modelData.name
            portrait: modelData.portrait
            chosen: people.chosen === modelData.id
            onTapped: {
                if (chosen && people.back !== "")
                    people.pulled(people.back, "");
                else
                    people.pulled(people.lever, one.modelData.id);
            }
        }
    }
}
