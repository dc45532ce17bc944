// The one thing to press on a screen.
import QtQuick

ActionButton {}
