// What a part has brought out: the newest large enough to recognise, the earlier ones beside it.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Row {
    id: papers

    property string kind // objectName: paper:<kind>:<number>, 0 is the newest
    property var sheets: [] // URLs, the newest first
    readonly property real small: Math.floor((width - 5 * spacing) / 6)
    signal enlarged(string source)

    spacing: Theme.unit

    Item {
        width: 2 * papers.small + papers.spacing
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
            name: W.t("dock.paper")
            source: visible ? papers.sheets[0] : ""
            onTapped: papers.enlarged(source)
        }
    }
    Grid {
        columns: 4
        spacing: papers.spacing

        Repeater {
            model: papers.sheets.slice(1, 9)
            Paper {
                id: earlier
                required property string modelData
                required property int index
                objectName: "paper:" + papers.kind + ":" + (index + 1)
                width: papers.small
                height: Math.round(width * 1.414)
                name: W.t("dock.paper")
                source: modelData
                onTapped: papers.enlarged(earlier.source)
            }
        }
    }
}
