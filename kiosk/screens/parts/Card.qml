// A white sheet on the paper: one group of things.
import QtQuick
import kiosk.screens.theme

Rectangle {
    color: Theme.surface
    radius: Theme.radiusLarge
    border.width: Theme.hair
    border.color: Theme.line
}
