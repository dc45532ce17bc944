// Where a finger writes one character. Each finger draws a stroke of its own; what it may mean is asked anew whenever all are lifted.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.keyboard.engine

Rectangle {
    id: field

    required property HandInput hand
    readonly property alias strokes: ink.strokes
    readonly property bool reading: hand.reading

    function undo() {
        ink.undo();
        read();
    }

    function clear() {
        if (strokes.length === 0)
            return;
        touch.drawing = {};
        ink.clear();
        read();
    }

    // As if a finger had written `lines`, on a square of 1000 in the middle.
    function write(lines: var) {
        ink.strokes = lines.map(line => line.map(point => [500 + (point[0] - 500) * height / width, point[1]]));
        ink.requestPaint();
        read();
    }

    function read() {
        hand.read(strokes, width / height);
    }

    objectName: "keyboard:field"
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.hair * 2
    border.color: Theme.edge

    Rectangle {
        id: square // as in a copybook: how wide one character is
        anchors.centerIn: parent
        width: Math.min(parent.width, parent.height) - Theme.unit * 3
        height: width
        color: "transparent"
        border.width: Theme.hair
        border.color: Theme.line
    }
    Repeater {
        model: 2
        delegate: Rectangle {
            required property int index
            anchors.centerIn: square
            visible: field.strokes.length > 0
            width: index === 0 ? square.width : Theme.hair
            height: index === 0 ? Theme.hair : square.height
            color: Theme.line
        }
    }
    Words {
        anchors.fill: square
        anchors.margins: Theme.unit * 2
        visible: field.strokes.length === 0
        text: W.t("keyboard.field")
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
    Ink {
        id: ink
        anchors.fill: parent
        pen: Theme.unit * 1.25
    }
    MultiPointTouchArea {
        id: touch

        property var drawing: ({}) // number of the finger → of its stroke

        objectName: "keyboard:finger"
        anchors.fill: parent
        Accessible.role: Accessible.Canvas
        Accessible.name: W.t("keyboard.field.name")
        onPressed: points => points.forEach(point => drawing[point.pointId] = ink.begin(point.x, point.y))
        onUpdated: points => points.forEach(point => ink.go(drawing[point.pointId] ?? -1, point.x, point.y))
        onReleased: points => lift(points)
        onCanceled: points => lift(points)

        function lift(points: var) {
            points.forEach(point => delete drawing[point.pointId]);
            if (Object.keys(drawing).length === 0 && field.strokes.length > 0)
                field.read();
        }
    }
}
