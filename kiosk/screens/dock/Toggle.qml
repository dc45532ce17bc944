// A trouble that is there or not; pulls one of two levers.
import QtQuick
import kiosk.screens.parts

Switch {
    id: toggle

    property string lever
    property string back
    signal pulled(string lever)

    onTapped: pulled(on ? back : lever)
}
