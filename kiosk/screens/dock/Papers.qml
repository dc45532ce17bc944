// One printer: its troubles, and what it has brought out: the newest large enough to recognise, the earlier ones below.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Column {
    id: papers

    property string kind // objectName: paper:<kind>:<number>, 0 is the newest
    property string title
    property var sheets: [] // URLs, the newest first
    default property alias troubles: troubles.data
    signal enlarged(string source)

    spacing: Theme.unit

    Words {
        width: parent.width
        text: papers.title
        font.pixelSize: Theme.small
        lineHeight: 1
    }
    Flow {
        id: troubles
        width: parent.width
        spacing: Theme.unit
    }
    Item {
        width: parent.width
        height: Math.round(width * 1.414)

        Rectangle {
            anchors.fill: parent
            visible: papers.sheets.length === 0
            color: Theme.sunken
            radius: Theme.radius
            Words {
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.gap
                text: W.t("dock.nothing")
                font.pixelSize: Theme.small
                color: Theme.inkFaint
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Paper {
            objectName: "paper:" + papers.kind + ":0"
            anchors.fill: parent
            visible: papers.sheets.length > 0
            name: papers.title
            source: visible ? papers.sheets[0] : ""
            onTapped: papers.enlarged(source)
        }
    }
    Flow {
        width: parent.width
        spacing: Theme.unit
        visible: papers.sheets.length > 1

        Repeater {
            model: papers.sheets.slice(1)
            Paper {
                id: earlier
                required property string modelData
                required property int index
                objectName: "paper:" + papers.kind + ":" + (index + 1)
                width: Math.floor((papers.width - 3 * Theme.unit) / 4)
                height: Math.round(width * 1.414)
                name: papers.title
                source: modelData
                onTapped: papers.enlarged(earlier.source)
            }
        }
    }
}
