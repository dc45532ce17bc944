// Whose machine this is, where I am, and the two switches everybody may need: language and care mode.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: bar

    property string station
    property var trail: null // {title, step, of}
    property var languages: ["zh_Hans", "en"]
    signal languageWanted(string language)
    signal careWanted(bool care)

    color: Theme.surface
    readonly property bool wide: !Theme.portrait // then the way stands between station and switches
    implicitHeight: switches.height + Theme.unit * 4 + (where.visible && !wide ? where.height + Theme.unit * 2 : 0)

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hair
        color: Theme.line
    }

    Icon {
        id: mark
        x: Theme.margin
        anchors.verticalCenter: switches.verticalCenter
        name: "bank"
        size: Theme.unit * 6
    }
    Words {
        anchors.left: mark.right
        anchors.leftMargin: Theme.gap
        width: (bar.wide && bar.trail ? where.x : switches.x) - x - Theme.gap
        anchors.verticalCenter: switches.verticalCenter
        text: bar.station
        bold: true
        font.pixelSize: Math.min(Theme.lead, 36 * Theme.scale)
        color: Theme.brand
        lineHeight: 0.92
        maximumLineCount: 2
        elide: Text.ElideRight
    }

    Row {
        id: switches
        y: Theme.unit * 2
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
            objectName: "care"
            icon: "format-size"
            text: W.t("nav.care")
            on: Theme.care
            onTapped: bar.careWanted(!Theme.care)
        }
    }

    Item {
        id: where
        visible: !!bar.trail
        x: bar.wide ? bar.width * 0.26 : Theme.margin
        y: bar.wide ? switches.y + (switches.height - height) / 2 : switches.y + switches.height + Theme.unit * 1.5
        width: bar.wide ? switches.x - x - Theme.unit * 6 : parent.width - 2 * Theme.margin
        height: trailTitle.implicitHeight + Theme.unit * 2.5

        Words {
            id: trailTitle
            anchors.left: parent.left
            anchors.right: count.left
            anchors.rightMargin: Theme.gap
            text: bar.trail ? W.of(bar.trail.title) : ""
            font.pixelSize: Theme.body
            lineHeight: 0.92
            maximumLineCount: 1
            elide: Text.ElideRight
        }
        Words {
            id: count
            anchors.right: parent.right
            text: bar.trail ? W.t("nav.step", { step: bar.trail.step, of: bar.trail.of }) : ""
            font.pixelSize: Theme.body
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
