// What fingers draw, as lines: each a list of [x, y], from 0 to 1000 in both directions.
import QtQuick
import kiosk.screens.theme

Canvas {
    id: ink

    property var strokes: []
    property real pen: Theme.unit
    readonly property int most: 4000 // points, far more than any name

    // A new line from here on; its number, or -1 once there is enough.
    function begin(x: real, y: real): int {
        if (full())
            return -1;
        strokes = [...strokes, [place(x, y)]];
        requestPaint();
        return strokes.length - 1;
    }

    function go(line: int, x: real, y: real) {
        const stroke = strokes[line];
        if (!stroke || full())
            return;
        const point = place(x, y);
        const before = stroke[stroke.length - 1];
        if (Math.abs(before[0] - point[0]) + Math.abs(before[1] - point[1]) < 4)
            return; // a finger that rests
        stroke.push(point);
        requestPaint();
    }

    function undo() {
        strokes = strokes.slice(0, -1);
        requestPaint();
    }

    function clear() {
        strokes = [];
        requestPaint();
    }

    function full(): bool {
        return strokes.reduce((count, one) => count + one.length, 0) >= most;
    }

    function place(x: real, y: real): var {
        return [Math.round(Math.max(0, Math.min(1, x / width)) * 1000), Math.round(Math.max(0, Math.min(1, y / height)) * 1000)];
    }

    onPaint: {
        const brush = getContext("2d");
        brush.clearRect(0, 0, width, height);
        brush.lineWidth = pen;
        brush.lineCap = brush.lineJoin = "round";
        brush.strokeStyle = String(Theme.ink);
        for (const stroke of strokes) {
            brush.beginPath();
            brush.moveTo(stroke[0][0] / 1000 * width, stroke[0][1] / 1000 * height);
            for (const point of stroke)
                brush.lineTo(point[0] / 1000 * width, point[1] / 1000 * height);
            brush.stroke();
        }
    }
    onWidthChanged: requestPaint()
}
