// Whose machine this is, where I am, and the languages. Who sits finds the languages below, in the sheet of AccessSheet.qml.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: bar

    property string station
    property var trail: null // {title, step, of}
    property var languages: []
    signal languageWanted(string language)

    color: Theme.surface
    readonly property bool wide: !Theme.portrait // then the way stands between station and switches
    readonly property bool stacked: !wide && switches.width > width * 0.62 // many or large names of languages: a line of their own
    readonly property real row: stacked ? mark.height : Math.max(Theme.target, mark.height) // as high as the switches, where they are
    readonly property real head: Math.max(row, owner.implicitHeight) + (stacked ? Theme.unit * 1.5 + switches.height : 0)
    implicitHeight: Theme.unit * 4 + (wide ? Math.max(head, where.visible ? where.height : 0) : head + (where.visible ? where.height + Theme.unit * 2 : 0))

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hair
        color: Theme.line
    }

    Icon {
        id: mark
        x: Theme.margin
        y: bar.wide ? (bar.height - height) / 2 : Theme.unit * 2 + (Math.max(bar.row, owner.implicitHeight) - height) / 2
        name: "bank"
        size: Theme.unit * 6
    }
    Words {
        id: owner
        anchors.left: mark.right
        anchors.leftMargin: Theme.gap
        width: (bar.stacked ? bar.width - Theme.margin : bar.wide && bar.trail ? where.x : switches.x) - x - Theme.gap
        anchors.verticalCenter: mark.verticalCenter
        text: bar.station
        bold: true
        font.pixelSize: Theme.bar
        color: Theme.brand
        lineHeight: 0.92
    }

    Row {
        id: switches
        visible: !Theme.low
        width: Theme.low ? 0 : implicitWidth
        y: bar.stacked ? Theme.unit * 2 + bar.head - height : mark.y + (mark.height - height) / 2
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        spacing: Theme.apart

        Repeater {
            model: bar.languages
            Switch {
                id: one
                required property string modelData
                objectName: "lang:" + modelData
                text: W.t("lang." + modelData)
                on: W.language === modelData
                onTapped: bar.languageWanted(one.modelData)
            }
        }
        Switch {
            objectName: "voice"
            name: W.t("nav.voice")
            icon: "volume-off"
            ticked: "volume-high"
            on: Theme.voice
            onTapped: Theme.voice = !Theme.voice
        }
    }

    Item {
        id: where
        visible: !!bar.trail
        x: bar.wide ? bar.width * 0.26 : Theme.margin
        y: bar.wide ? (bar.height - height) / 2 : Theme.unit * 2 + bar.head + Theme.unit * 1.5
        width: bar.wide ? switches.x - x - Theme.unit * 6 : parent.width - 2 * Theme.margin
        height: trailTitle.implicitHeight + Theme.unit * 2.5

        Words {
            id: trailTitle
            anchors.left: parent.left
            anchors.right: count.left
            anchors.rightMargin: Theme.gap
            text: bar.trail ? W.of(bar.trail.title) : ""
            font.pixelSize: Theme.bar
            lineHeight: 0.92
        }
        Words {
            id: count
            anchors.right: parent.right
            text: bar.trail ? W.t("nav.step", { step: bar.trail.step, of: bar.trail.of }) : ""
            font.pixelSize: Theme.bar
            color: Theme.inkSoft
            lineHeight: 0.92
        }
        Segments {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.unit
            step: bar.trail ? bar.trail.step : 1
            of: bar.trail ? bar.trail.of : 1
        }
    }
}
