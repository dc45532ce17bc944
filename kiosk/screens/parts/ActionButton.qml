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
    property bool dims: true // while it is not enabled
    readonly property bool dim: dims && !enabled
    readonly property real sign: icon === "" ? 0 : size * 1.2 + Theme.gap
    // The longest word, which is not broken (Chinese breaks anywhere). `height` is read since a call alone does not notice other type.
    readonly property real word: metrics.height * 0 + text.split(" ").reduce((width, word) => Math.max(width, /^[\x00-\u024f]+$/.test(word) ? Math.ceil(metrics.advanceWidth(word)) : 0), 0) + Theme.unit
    readonly property real least: word + Theme.unit * 4
    readonly property real said: Math.ceil(measure.advanceWidth) + Theme.unit // in one line
    readonly property real room: width - Theme.unit * 4
    // In two lines of about the same length: no single character is left for the last one.
    readonly property real halved: Math.max(word, Math.ceil(measure.advanceWidth / 2 * (W.language === "en" ? 1.3 : 1.12)) + Theme.unit)
    readonly property bool fits: said + sign <= room || (said > room && halved + sign <= room) // else the words need the room

    Layout.fillWidth: true // where it stands in a row of actions
    Layout.fillHeight: true
    name: text
    implicitWidth: Math.max(Theme.target * 2, Math.ceil(measure.advanceWidth) + sign + Theme.unit * 8)
    implicitHeight: Math.max(Theme.button, label.implicitHeight + Theme.unit * 4)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: button.dim ? Theme.sunken : button.pressed ? button.groundPressed : button.ground
        border.width: Theme.hair
        border.color: button.dim ? Theme.line : button.borderColor
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
            width: {
                const room = button.room - (button.fits ? button.sign : 0);
                return button.said <= room ? button.said : button.halved <= room ? button.halved : room;
            }
            text: button.text
            bold: true
            font.pixelSize: button.size
            color: button.dim ? Theme.inkFaint : button.textColor
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 0.92
            Accessible.ignored: true
        }
    }

    FontMetrics {
        id: metrics
        font: label.font
    }
    TextMetrics {
        id: measure
        font: label.font
        text: button.text
    }
}
