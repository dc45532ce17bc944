// A sheet to sign on with a finger: what is drawn is kept as lines from 0 to 1000 in both directions of a sheet twice as wide as high.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    property var strokes: [] // each a list of [x, y]
    readonly property int most: 4000 // points, far more than any name

    function put(x: real, y: real, begins: bool) {
        const point = [Math.round(Math.max(0, Math.min(1, x / sheet.width)) * 1000), Math.round(Math.max(0, Math.min(1, y / sheet.height)) * 1000)];
        const stroke = begins ? [] : strokes[strokes.length - 1];
        const before = stroke[stroke.length - 1];
        if (before && Math.abs(before[0] - point[0]) + Math.abs(before[1] - point[1]) < 4)
            return; // a finger that rests
        if (strokes.reduce((count, one) => count + one.length, 0) >= most)
            return;
        stroke.push(point);
        if (begins)
            strokes = [...strokes, stroke];
        sheet.requestPaint();
    }

    function clear() {
        strokes = [];
        sheet.requestPaint();
    }

    Page {
        id: page
        anchors.fill: parent
        icon: "draw-pen"
        title: W.of(screen.view.title)
        lead: W.of(screen.view.text)
        bias: 0.35
        actions: [
            SecondaryButton {
                objectName: "clear"
                enabled: screen.strokes.length > 0
                text: W.t("signature.clear")
                icon: "eraser"
                onTapped: screen.clear()
            },
            PrimaryButton {
                objectName: "done"
                enabled: screen.strokes.length > 0
                text: W.t("signature.done")
                icon: "check"
                onTapped: screen.answered({ strokes: screen.strokes.map(stroke => stroke.map(point => point.join(",")).join(" ")).join(";") })
            }
        ]

        Notice {
            id: why
            width: parent.width
            kind: "warn"
            size: Theme.lead
            text: W.of(screen.view.message)
        }
        Rectangle {
            id: paper
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.floor(Math.min(parent.width, (page.body.height - why.height - Theme.unit * 6) * 2))
            height: Math.floor(width / 2)
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.hair * 2
            border.color: Theme.edge

            Rectangle {
                x: Theme.unit * 4
                y: parent.height * 0.78
                width: parent.width - Theme.unit * 8
                height: Theme.hair
                color: Theme.line
            }
            Words {
                anchors.centerIn: parent
                visible: screen.strokes.length === 0
                text: W.t("signature.here")
                font.pixelSize: Theme.lead
                color: Theme.inkSoft
            }
            Canvas {
                id: sheet
                objectName: "sheet"
                anchors.fill: parent
                onPaint: {
                    const pen = getContext("2d");
                    pen.clearRect(0, 0, width, height);
                    pen.lineWidth = width * 0.007;
                    pen.lineCap = pen.lineJoin = "round";
                    pen.strokeStyle = String(Theme.ink);
                    for (const stroke of screen.strokes) {
                        pen.beginPath();
                        pen.moveTo(stroke[0][0] / 1000 * width, stroke[0][1] / 1000 * height);
                        for (const point of stroke)
                            pen.lineTo(point[0] / 1000 * width, point[1] / 1000 * height);
                        pen.stroke();
                    }
                }
                onWidthChanged: requestPaint()
            }
            MouseArea {
                objectName: "finger"
                Accessible.role: Accessible.Canvas
                Accessible.name: W.t("signature.here")
                anchors.fill: parent
                preventStealing: true // drawing does not scroll the page
                onPressed: event => screen.put(event.x, event.y, true)
                onPositionChanged: event => screen.put(event.x, event.y, false)
            }
        }
    }
}
