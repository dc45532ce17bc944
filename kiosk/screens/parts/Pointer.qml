// A frame around what to press next, and a hand: it goes with the next touch.
import QtQuick
import kiosk.screens.theme

Item {
    id: pointer

    property Item target: null
    property rect place

    function look() {
        const margin = Theme.unit;
        const found = target.mapToItem(pointer, 0, 0, target.width, target.height);
        place = Qt.rect(found.x - margin, found.y - margin, found.width + 2 * margin, found.height + 2 * margin);
    }

    visible: target !== null
    onTargetChanged: {
        let above = target;
        while (above && !(above instanceof Scroll))
            above = above.parent;
        if (above)
            (above as Scroll).reveal(target);
        if (target)
            look();
    }

    Timer {
        interval: 50 // what scrolls or moves up takes its frame along
        repeat: true
        running: pointer.visible
        onTriggered: pointer.look()
    }
    Rectangle {
        objectName: "pointer"
        x: pointer.place.x
        y: pointer.place.y
        width: pointer.place.width
        height: pointer.place.height
        color: "transparent"
        radius: Theme.radiusLarge
        border.width: Theme.unit
        border.color: Theme.warn
        SequentialAnimation on opacity {
            running: pointer.visible && Theme.moves
            loops: Animation.Infinite
            NumberAnimation { to: 0.35; duration: 700 }
            NumberAnimation { to: 1; duration: 700 }
        }
    }
    Rectangle {
        x: Math.min(pointer.place.x + pointer.place.width - width / 2, pointer.width - width)
        y: Math.min(pointer.place.y + pointer.place.height - height / 2, pointer.height - height)
        width: Theme.unit * 9
        height: width
        radius: width / 2
        color: Theme.warn
        Icon {
            anchors.centerIn: parent
            name: "gesture-tap"
            size: Theme.unit * 6
            color: Theme.surface
        }
    }
}
