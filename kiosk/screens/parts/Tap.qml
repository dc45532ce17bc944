// Anything to touch: acts on release inside, once however long it is held; a second finger is not heard (VVSG 2.0 7.2-I, 7.2-H).
import QtQuick
import kiosk.screens.theme

Item {
    id: tap

    signal tapped
    property string name: "" // what it is called aloud
    property int role: Accessible.Button
    property bool marked: false // a key of the glass at which the keys of a keypad or keyboard stand: its line keeps the focus
    readonly property bool pressed: area.pressed && area.containsMouse && area.enabled
    default property alias content: inside.data

    implicitWidth: Theme.target
    implicitHeight: Theme.target
    activeFocusOnTab: true
    Accessible.role: tap.role
    Accessible.name: tap.name
    Accessible.focusable: true
    Accessible.pressed: tap.pressed
    Accessible.onPressAction: tap.tapped()
    Keys.onReturnPressed: event => {
        if (!event.isAutoRepeat)
            tap.tapped();
    }
    Keys.onEnterPressed: event => {
        if (!event.isAutoRepeat)
            tap.tapped();
    }
    Keys.onSpacePressed: event => {
        if (!event.isAutoRepeat)
            tap.tapped();
    }

    Item {
        id: inside
        anchors.fill: parent
    }

    MouseArea {
        id: area
        anchors.fill: parent
        acceptedButtons: Qt.LeftButton
        onClicked: tap.tapped()
    }

    FocusMark {
        shown: tap.activeFocus || tap.marked
    }
}
