// Steps of the way: done, here, to come.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Row {
    id: segments

    property int step: 1
    property int of: 1

    spacing: Theme.unit
    Repeater {
        model: segments.of
        Rectangle {
            required property int index
            width: (segments.width - segments.spacing * (segments.of - 1)) / segments.of
            height: segments.height
            radius: height / 2
            color: index < segments.step ? Theme.brand : Theme.line
        }
    }
}
