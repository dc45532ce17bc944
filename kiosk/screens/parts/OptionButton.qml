// One answer to choose: the sign, the border and the ground say that it is chosen, not the colour alone.
import QtQuick
import kiosk.screens.theme

Tap {
    id: option

    property string label
    property bool chosen: false
    property bool many: false // one of several that may be ticked
    default property alias more: below.data

    name: label
    role: many ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chosen
    implicitHeight: Math.max(Theme.button, inside.implicitHeight + Theme.unit * 4)

    Rectangle {
        parent: option
        anchors.fill: parent
        z: -1
        radius: Theme.radius
        color: option.chosen || option.pressed ? Theme.brandTint : option.enabled ? Theme.surface : Theme.sunken
        border.width: Theme.hair * (option.chosen ? 2 : 1)
        border.color: option.chosen ? Theme.brand : option.enabled ? Theme.edge : Theme.line
    }
    Column {
        id: inside
        parent: option
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.gap * 1.5
        width: option.width - 2 * x
        spacing: Theme.unit

        Row {
            width: parent.width
            spacing: Theme.gap

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: option.many ? (option.chosen ? "checkbox-marked" : "checkbox-blank-outline") : option.chosen ? "radiobox-marked" : "radiobox-blank"
                size: Theme.heading
                color: option.chosen ? Theme.brand : Theme.edge
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - Theme.heading - Theme.gap
                text: option.label
                bold: option.chosen
                font.pixelSize: Theme.lead
                color: option.chosen ? Theme.brandDeep : option.enabled ? Theme.ink : Theme.inkFaint
                lineHeight: 1.1
                Accessible.ignored: true
            }
        }
        Column {
            id: below
            width: parent.width
            spacing: Theme.unit / 2
        }
    }
}
