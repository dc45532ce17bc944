// What a clerk looks at in the daily check, drawn for this terminal: where it is, and for paper the three steps of putting it in.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Item {
    id: drawing

    property string kind // roll, sheets, plug, lens, slip, card, page, finger, cloth
    property string side // of the glass; "": that is not told
    property bool mend: false
    readonly property bool paper: kind === "roll" || kind === "sheets"
    readonly property bool steps: mend && paper
    readonly property real line: Theme.hair * 2.5
    readonly property real size: Theme.unit * (Theme.portrait ? steps ? 34 : 52 : steps ? 26 : 46)
    readonly property color tone: Theme.brand

    implicitHeight: picture.height + (steps ? row.height + Theme.unit * 4 : 0)

    Item {
        id: picture
        anchors.horizontalCenter: parent.horizontalCenter
        width: drawing.size
        height: drawing.size

        Slot {
            visible: drawing.side !== "" && drawing.kind !== "plug"
            where: drawing.side || "below"
            card: drawing.kind === "card"
            size: drawing.size
            tone: drawing.tone
        }
        Rectangle { // a device whose cable is pushed in
            visible: drawing.kind === "plug"
            anchors.fill: parent
            radius: Theme.radiusLarge
            color: Theme.brandTint
            border.width: drawing.line
            border.color: drawing.tone
            Icon {
                x: parent.width * 0.1
                anchors.verticalCenter: parent.verticalCenter
                name: "power-plug"
                size: parent.width * 0.34
                color: drawing.tone
                rotation: 90
            }
            Icon {
                x: parent.width * 0.56
                anchors.verticalCenter: parent.verticalCenter
                name: "power-socket"
                size: parent.width * 0.34
                color: drawing.tone
            }
        }
        Rectangle { // the glass, with the lens above it
            id: front
            visible: drawing.side === "" && drawing.kind !== "plug"
            width: parent.width * (Theme.portrait ? 0.66 : 1)
            height: parent.height * (Theme.portrait ? 1 : 0.72)
            anchors.centerIn: parent
            radius: Theme.radius
            color: Theme.surface
            border.width: drawing.line
            border.color: drawing.tone
            Rectangle {
                id: lens
                readonly property bool here: drawing.kind === "lens"
                anchors.horizontalCenter: parent.horizontalCenter
                y: parent.height * 0.07
                width: parent.width * (here ? 0.34 : 0.08)
                height: width
                radius: width / 2
                color: drawing.tone
                Rectangle {
                    anchors.centerIn: parent
                    width: parent.width * 0.6
                    height: width
                    radius: width / 2
                    color: Theme.brandDeep
                    border.width: drawing.line
                    border.color: Theme.brandTint
                }
            }
            Rectangle { // what is wiped or touched
                id: pane
                readonly property real below: lens.y + lens.height + parent.height * 0.05
                x: parent.width * 0.08
                y: below
                width: parent.width * 0.84
                height: parent.height * 0.93 - below
                color: Theme.brandTint
                border.width: Theme.hair
                border.color: drawing.tone
                Grid {
                    visible: drawing.kind === "finger"
                    anchors.fill: parent
                    columns: 3
                    Repeater {
                        model: drawing.kind === "finger" ? 12 : 0
                        Rectangle {
                            required property int index
                            width: pane.width / 3
                            height: pane.height / 4
                            color: index < 5 ? Theme.goodTint : "transparent"
                            border.width: Theme.hair
                            border.color: drawing.tone
                        }
                    }
                }
            }
            Rectangle { // a folded cloth, or the finger
                id: hand
                property real along: 0.5 // 0 left, 1 right
                readonly property bool cloth: drawing.kind !== "finger"
                readonly property real room: lens.here ? parent.width * 0.5 : pane.width - width
                width: parent.width * (lens.here ? 0.24 : 0.3)
                height: width * 0.8
                x: (lens.here ? parent.width * 0.25 : pane.x) + (room - (lens.here ? width : 0)) * along
                y: lens.here ? lens.y + lens.height * 0.55 : pane.y + pane.height * 0.45
                radius: cloth ? Theme.radius : width / 2
                color: cloth ? Theme.surface : "transparent"
                border.width: cloth ? drawing.line : 0
                border.color: Theme.good
                Icon {
                    anchors.centerIn: parent
                    name: hand.cloth ? "hand-back-right-outline" : "gesture-tap"
                    size: parent.height * (hand.cloth ? 0.75 : 1)
                    color: Theme.good
                }
                SequentialAnimation on along {
                    running: front.visible && drawing.visible && Theme.moves
                    loops: Animation.Infinite
                    onRunningChanged: if (!running) hand.along = 0.5
                    NumberAnimation { from: 0; to: 1; duration: 1600; easing.type: Easing.InOutQuad }
                    NumberAnimation { from: 1; to: 0; duration: 1600; easing.type: Easing.InOutQuad }
                }
            }
        }
    }

    Row {
        id: row
        visible: drawing.steps
        y: picture.height + Theme.unit * 4
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.gap
        Repeater {
            model: drawing.steps ? 3 : 0
            Rectangle {
                id: step
                required property int index
                readonly property bool roll: drawing.kind === "roll"
                width: (drawing.width - 2 * Theme.gap) / 3
                height: Theme.unit * (Theme.portrait ? 34 : 26)
                radius: Theme.radius
                color: Theme.surface
                border.width: Theme.hair
                border.color: Theme.edge

                Words {
                    id: number
                    x: Theme.unit * 2
                    y: Theme.unit
                    text: String(step.index + 1)
                    bold: true
                    font.pixelSize: Theme.lead
                    color: drawing.tone
                }
                Item {
                    id: machine
                    width: Math.min(step.width, step.height) * 0.62
                    height: width
                    anchors.horizontalCenter: parent.horizontalCenter
                    y: parent.height * 0.3

                    Rectangle { // the lid: open first and second, shut at the end
                        visible: step.roll
                        width: parent.width
                        height: drawing.line * 2
                        y: parent.height * 0.4
                        transformOrigin: Item.Left
                        rotation: step.index < 2 ? -50 : 0
                        color: drawing.tone
                    }
                    Rectangle { // the roll, on its way in
                        visible: step.roll && step.index === 1
                        width: parent.width * 0.44
                        height: width
                        radius: width / 2
                        x: parent.width * 0.5
                        y: parent.height * 0.02
                        color: Theme.surface
                        border.width: drawing.line
                        border.color: Theme.good
                        Rectangle {
                            anchors.centerIn: parent
                            width: parent.width * 0.3
                            height: width
                            radius: width / 2
                            color: Theme.good
                        }
                    }
                    Rectangle { // the body of the printer
                        y: parent.height * (step.roll ? 0.45 : 0.1)
                        width: parent.width
                        height: parent.height * (step.roll ? 0.4 : 0.75)
                        radius: drawing.line * 2
                        color: Theme.brandTint
                        border.width: drawing.line
                        border.color: drawing.tone
                    }
                    Rectangle { // the end of the paper, pulled out
                        visible: step.roll && step.index === 2
                        x: parent.width * 0.3
                        y: parent.height * 0.62
                        width: parent.width * 0.4
                        height: parent.height * 0.38
                        color: Theme.surface
                        border.width: drawing.line
                        border.color: Theme.good
                    }
                    Rectangle { // sheets that lie in the drawer
                        visible: !step.roll && step.index === 1
                        x: parent.width * 0.56
                        y: parent.height * 0.44
                        width: parent.width * 0.5
                        height: parent.height * 0.14
                        color: Theme.surface
                        border.width: drawing.line
                        border.color: Theme.good
                    }
                    Rectangle { // the drawer
                        visible: !step.roll
                        x: step.index < 2 ? parent.width * 0.5 : parent.width * 0.06
                        y: parent.height * 0.58
                        width: parent.width * (step.index < 2 ? 0.7 : 0.88)
                        height: parent.height * 0.18
                        color: drawing.tone
                    }
                    Icon {
                        visible: step.index !== 1 || !step.roll
                        anchors.horizontalCenter: parent.horizontalCenter
                        y: parent.height * (step.roll ? step.index === 0 ? 0.02 : 0.02 : -0.32)
                        name: step.roll ? step.index === 0 ? "arrow-up-bold" : "arrow-down-bold" : step.index === 0 ? "arrow-right-bold" : step.index === 1 ? "arrow-down-bold" : "arrow-left-bold"
                        size: parent.height * 0.34
                        color: Theme.good
                    }
                }
            }
        }
    }
}
