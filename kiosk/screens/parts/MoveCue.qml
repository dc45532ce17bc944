// What to do with one's face, as a small face that does it and as words: blink, turn_left, turn_right, open_mouth, ahead, tints.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: cue

    property string ask
    readonly property bool still: ask === "ahead" || ask === "tints"
    readonly property int aside: ask === "turn_left" ? -1 : ask === "turn_right" ? 1 : 0
    property real made: 1 // how far the small face is in its move, 0..1; the whole move where nothing is animated

    radius: Theme.radiusLarge
    color: still ? Theme.goodTint : Theme.brand
    Accessible.role: Accessible.StaticText
    Accessible.name: words.text

    SequentialAnimation on made {
        running: cue.visible && Theme.moves && cue.ask !== "" && !cue.still
        loops: Animation.Infinite
        onRunningChanged: if (!running) cue.made = 1
        PauseAnimation { duration: 500 }
        NumberAnimation { to: 0; duration: Theme.calm }
        PauseAnimation { duration: 300 }
        NumberAnimation { to: 1; duration: 2 * Theme.calm }
    }

    Rectangle {
        id: head
        readonly property real part: height / 12
        readonly property color line: cue.still ? Theme.good : Theme.brand
        x: Theme.gap * 1.5
        anchors.verticalCenter: parent.verticalCenter
        height: parent.height - 2 * Theme.gap
        width: height * 0.84
        radius: width / 2
        color: cue.still ? Theme.surface : Theme.brandTint
        border.width: cue.still ? Theme.hair * 2 : 0
        border.color: Theme.good

        Item {
            id: features
            x: cue.aside * cue.made * head.part * 1.2
            width: head.width
            height: head.height
            Repeater {
                model: [-1, 1]
                Rectangle { // an eye: a slit when it is shut
                    required property int modelData
                    width: head.part * 1.7
                    height: cue.ask === "blink" ? head.part * (1.7 - 1.3 * cue.made) : head.part * 1.7
                    radius: height / 2
                    x: head.width / 2 + modelData * head.part * 2.1 - width / 2
                    y: head.part * 4.6 - height / 2
                    color: head.line
                }
            }
            Rectangle { // the nose
                width: head.part * 0.6
                height: head.part * 1.5
                radius: width / 2
                x: head.width / 2 - width / 2 + cue.aside * cue.made * head.part * 0.6
                y: head.part * 5.6
                color: head.line
            }
            Rectangle { // the mouth
                width: head.part * (cue.ask === "open_mouth" ? 3.4 - 0.8 * cue.made : 3.4)
                height: cue.ask === "open_mouth" ? head.part * (0.6 + 2.4 * cue.made) : head.part * 0.6
                radius: Math.min(width, height) / 2
                x: head.width / 2 - width / 2
                y: head.part * 8.9 - height / 2
                color: head.line
            }
        }
    }
    Icon {
        id: arrow
        visible: cue.aside !== 0 && Theme.portrait // in landscape the words need its room
        anchors.left: head.right
        anchors.leftMargin: visible ? Theme.gap : 0
        anchors.verticalCenter: parent.verticalCenter
        width: visible ? size : 0
        size: head.height * 0.7
        name: cue.aside < 0 ? "arrow-left-bold" : "arrow-right-bold"
        color: Theme.brandInk
    }
    Words {
        id: words
        anchors.left: arrow.right
        anchors.leftMargin: Theme.gap * 1.5
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.margins: Theme.gap
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.body
        text: cue.ask ? W.t("face.ask." + cue.ask) : ""
        bold: true
        font.pixelSize: cue.still || Theme.care ? Theme.heading : Theme.title
        lineHeight: 0.95
        color: cue.still ? Theme.good : Theme.brandInk
    }
}
