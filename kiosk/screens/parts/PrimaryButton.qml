// The one thing to press on a screen.
import QtQuick

ActionButton {
    readonly property bool main: true // what a volunteer points at when nothing is left to fill in
}
