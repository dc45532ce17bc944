// How do you want to be known here? All lawful ways side by side or one below the other, each as large as the largest, the same colour.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        icon: "account-check-outline"
        title: W.of(screen.view.title)
        lead: W.of(screen.view.lead)
        bias: 0.25

        Grid {
            id: grid
            // Side by side where the glass is wide: ways of the same rank are seen all at once.
            readonly property real cell: (width - spacing * (columns - 1)) / columns
            readonly property real tallest: {
                let height = 0;
                for (let place = 0; place < ways.count; place++)
                    height = Math.max(height, ways.itemAt(place)?.implicitHeight ?? 0);
                return height;
            }
            width: parent.width
            columns: Theme.portrait ? 1 : 2
            spacing: Theme.unit * 3
            Repeater {
                id: ways
                model: screen.view.ways || []
                ChoiceButton {
                    id: way
                    required property var modelData
                    objectName: "way:" + modelData.id
                    width: grid.cell
                    height: grid.tallest
                    text: W.of(modelData.title)
                    detail: W.of(modelData.text)
                    icon: modelData.icon
                    onTapped: screen.answered({ way: way.modelData.id })
                }
            }
        }
    }
}
