// Something is being done: three dots, calm.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Row {
    id: dots

    property real size: Theme.unit * 3

    spacing: size
    Repeater {
        model: 3
        Rectangle {
            id: dot
            required property int index
            width: dots.size
            height: dots.size
            radius: dots.size / 2
            color: Theme.brand
            SequentialAnimation on opacity {
                loops: Animation.Infinite
                running: dots.visible && Theme.moves
                PauseAnimation { duration: dot.index * 250 }
                NumberAnimation { from: 0.25; to: 1; duration: 450 }
                NumberAnimation { from: 1; to: 0.25; duration: 450 }
                PauseAnimation { duration: (2 - dot.index) * 250 }
            }
        }
    }
}
