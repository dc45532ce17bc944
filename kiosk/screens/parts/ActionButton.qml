// The base of both buttons: an icon or none, a text that may take two lines, one colour scheme.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import kiosk.screens.theme

Tap {
    id: button

    property string text
    property string icon
    property bool iconLast: false
    property color ground: Theme.brand
    property color groundPressed: Theme.brandDeep
    property color textColor: Theme.brandInk
    property color borderColor: "transparent"
    property real size: Theme.lead
    readonly property real sign: icon === "" ? 0 : size * 1.2 + Theme.gap
    readonly property bool fits: Math.ceil(measure.advanceWidth) + sign + Theme.unit * 4 <= width // else the words need the room

    Layout.fillWidth: true // where it stands in a row of actions
    Layout.fillHeight: true
    name: text
    implicitWidth: Math.max(Theme.target * 2, Math.ceil(measure.advanceWidth) + sign + Theme.unit * 8)
    implicitHeight: Math.max(Theme.button, label.implicitHeight + Theme.unit * 4)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !button.enabled ? Theme.sunken : button.pressed ? button.groundPressed : button.ground
        border.width: button.activeFocus ? Theme.hair * 2 : Theme.hair
        border.color: button.activeFocus ? Theme.focus : !button.enabled ? Theme.line : button.borderColor
    }

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.gap
        layoutDirection: button.iconLast ? Qt.RightToLeft : Qt.LeftToRight

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.icon !== "" && button.fits
            name: button.icon
            size: button.size * 1.2
            color: label.color
        }
        Words {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            // As wide as the text, or as there is room: then it wraps.
            width: Math.min(Math.ceil(measure.advanceWidth) + Theme.unit, button.width - Theme.unit * 4 - (button.fits ? button.sign : 0))
            text: button.text
            bold: true
            font.pixelSize: button.size
            color: button.enabled ? button.textColor : Theme.inkFaint
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 0.92
            Accessible.ignored: true
        }
    }

    TextMetrics {
        id: measure
        font: label.font
        text: button.text
    }
}
