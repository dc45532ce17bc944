// A choice beside the main one, of the same size.
import QtQuick
import kiosk.screens.theme

ActionButton {
    ground: Theme.surface
    groundPressed: Theme.brandTint
    textColor: Theme.brand
    borderColor: Theme.brand
}
