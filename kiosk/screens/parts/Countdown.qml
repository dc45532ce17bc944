// Seconds that are left, as a number and as a bar that shrinks. `over` comes once.
import QtQuick
import kiosk.screens.theme

Column {
    id: countdown

    property int seconds: 0
    property int remaining: seconds
    property bool running: true
    property string key: "count.seconds"
    signal over

    spacing: Theme.unit * 1.5

    onSecondsChanged: remaining = seconds

    Timer {
        interval: 1000
        repeat: true
        running: countdown.running && countdown.remaining > 0 && !Theme.held
        onTriggered: {
            countdown.remaining -= 1;
            if (countdown.remaining === 0)
                countdown.over();
        }
    }
    Words {
        width: parent.width
        text: W.t(countdown.key, { seconds: countdown.remaining })
        font.pixelSize: Theme.body
        color: Theme.inkSoft
        lineHeight: 0.92
    }
    Rectangle {
        width: parent.width
        height: Theme.unit
        radius: height / 2
        color: Theme.line
        Rectangle {
            width: parent.width * (countdown.seconds > 0 ? Math.min(1, countdown.remaining / countdown.seconds) : 0)
            height: parent.height
            radius: height / 2
            color: Theme.brand
        }
    }
}
