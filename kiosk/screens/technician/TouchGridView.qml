// The whole glass as a grid: a cell that a finger was on fills. It answers by itself, since a button could lie in a dead zone.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property int columns: view.columns || 1
    readonly property int rows: view.rows || 1
    readonly property real across: width / columns
    readonly property real down: height / rows
    property var touched: ({}) // "column,row" → true
    property int count: 0
    property int remaining: 30 // seconds without a new cell until it is over

    function put(x: real, y: real) {
        const cell = Math.floor(x / across) + "," + Math.floor(y / down);
        if (x < 0 || y < 0 || x >= width || y >= height || touched[cell])
            return;
        touched = Object.assign({}, touched, { [cell]: true });
        count += 1;
        remaining = 10;
        if (count === columns * rows)
            finish();
    }

    function finish() {
        clock.stop();
        screen.answered({ touched: Object.keys(touched).join(" ") });
    }

    Timer {
        id: clock
        interval: 1000
        repeat: true
        running: true
        onTriggered: {
            screen.remaining -= 1;
            if (screen.remaining <= 0)
                screen.finish();
        }
    }

    Repeater {
        model: screen.columns * screen.rows
        Rectangle {
            required property int index
            readonly property int column: index % screen.columns
            readonly property int row: Math.floor(index / screen.columns)
            readonly property bool on: screen.touched[column + "," + row] === true
            x: column * screen.across
            y: row * screen.down
            width: screen.across
            height: screen.down
            color: on ? Theme.brand : Theme.surface
            border.width: Theme.hair
            border.color: Theme.edge
        }
    }

    Rectangle {
        anchors.centerIn: parent
        width: Math.min(parent.width * 0.8, Theme.unit * 90)
        height: words.implicitHeight + Theme.unit * 6
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.hair
        border.color: Theme.edge
        opacity: 0.92
        Words {
            id: words
            anchors.centerIn: parent
            width: parent.width - Theme.unit * 6
            horizontalAlignment: Text.AlignHCenter
            text: W.t("test.screen.touch.wipe") + "\n" + W.t("service.touch.left", { count: screen.columns * screen.rows - screen.count, seconds: screen.remaining })
            font.pixelSize: Theme.lead
        }
    }

    MultiPointTouchArea {
        objectName: "grid"
        Accessible.role: Accessible.Canvas
        Accessible.name: W.t("test.screen.touch.wipe")
        anchors.fill: parent
        onPressed: points => points.forEach(point => screen.put(point.x, point.y))
        onUpdated: points => points.forEach(point => screen.put(point.x, point.y))
    }
}
