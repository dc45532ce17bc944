// One answer to choose: the sign, the border and the ground say that it is chosen, not the colour alone.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Tap {
    id: option

    property string label
    property bool chosen: false
    default property alias more: below.data

    name: label
    role: Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chosen
    implicitHeight: Math.max(Theme.button, inside.implicitHeight + Theme.unit * 4)

    Rectangle {
        parent: option
        anchors.fill: parent
        z: -1
        radius: Theme.radius
        color: option.chosen || option.pressed ? Theme.brandTint : Theme.surface
        border.width: Theme.hair * (option.chosen || option.activeFocus ? 2 : 1)
        border.color: option.chosen ? Theme.brand : option.activeFocus ? Theme.focus : Theme.edge
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
                name: option.chosen ? "radiobox-marked" : "radiobox-blank"
                size: Theme.heading
                color: option.chosen ? Theme.brand : Theme.edge
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - Theme.heading - Theme.gap
                text: option.label
                bold: option.chosen
                font.pixelSize: Theme.lead
                color: option.chosen ? Theme.brandDeep : Theme.ink
                lineHeight: lineCount > 1 ? 1.2 : 1
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
