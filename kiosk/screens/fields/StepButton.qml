// − or +: one step a touch.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Tap {
    id: step

    property string icon

    implicitWidth: Theme.button * 1.2
    implicitHeight: Theme.button

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !step.enabled ? Theme.sunken : step.pressed ? Theme.brandTint : Theme.surface
        border.width: Theme.hair
        border.color: step.enabled ? Theme.brand : Theme.line
    }
    Icon {
        anchors.centerIn: parent
        name: step.icon
        size: Theme.heading
        color: step.enabled ? Theme.brand : Theme.inkFaint
    }
}
