// One of a long list: closed it shows the choice, open all there is.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Column {
    id: pick

    property string name // objectName; an option's is <name>=<option>
    property string title
    property string words // an option's key is <words>.<option>
    property var options: []
    property string value
    property bool open: false
    signal picked(string option)

    spacing: Theme.unit

    Tap {
        objectName: pick.name
        width: parent.width
        height: Theme.target
        name: pick.title
        onTapped: pick.open = !pick.open

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.hair
            border.color: Theme.edge
        }
        Words {
            id: title
            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: pick.title
            font.pixelSize: Theme.small
            color: Theme.inkSoft
            lineHeight: 1
            Accessible.ignored: true
        }
        Words {
            anchors.left: title.right
            anchors.leftMargin: Theme.gap
            anchors.right: arrow.left
            anchors.verticalCenter: parent.verticalCenter
            text: pick.value === "" ? "" : Labels.of(pick.words + "." + pick.value, pick.value, {})
            bold: true
            font.pixelSize: Theme.small
            lineHeight: 1
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Icon {
            id: arrow
            anchors.right: parent.right
            anchors.rightMargin: Theme.unit
            anchors.verticalCenter: parent.verticalCenter
            name: pick.open ? "chevron-up" : "chevron-down"
            size: Theme.lead
            color: Theme.inkSoft
        }
    }
    Flow {
        width: parent.width
        visible: pick.open
        spacing: Theme.unit

        Repeater {
            model: pick.open ? pick.options : []
            Switch {
                required property string modelData
                objectName: pick.name + "=" + modelData
                text: Labels.of(pick.words + "." + modelData, modelData, {})
                on: pick.value === modelData
                onTapped: {
                    pick.open = false;
                    pick.picked(modelData);
                }
            }
        }
    }
}
