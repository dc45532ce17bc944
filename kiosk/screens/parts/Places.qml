// Where one can go instead: the best place first.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Card {
    id: sheet

    property var places: [] // texts

    height: places.length > 0 ? column.implicitHeight + Theme.unit * 6 : 0

    Column {
        id: column
        x: Theme.unit * 4
        y: Theme.unit * 3
        width: parent.width - Theme.unit * 8
        spacing: Theme.unit * 1.5
        Words {
            text: W.t("item.where")
            color: Theme.inkSoft
        }
        Repeater {
            model: sheet.places
            Row {
                id: spot
                required property var modelData
                spacing: Theme.unit * 2
                Icon {
                    y: Theme.unit * 0.5
                    name: "map-marker"
                    size: Theme.heading
                    color: Theme.brand
                }
                Words {
                    width: column.width - Theme.heading - Theme.unit * 2
                    text: W.of(spot.modelData)
                    font.pixelSize: Theme.reading
                }
            }
        }
    }
}
