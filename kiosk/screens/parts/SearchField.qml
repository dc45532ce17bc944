// The one line to search in. The on-screen keyboard comes when it has the focus.
import QtQuick
import kiosk.screens.theme

FocusScope {
    id: field

    property alias text: input.text
    property string hint

    objectName: "search"
    implicitHeight: Theme.button

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.hair
        border.color: Theme.edge
    }
    Icon {
        id: glass
        x: Theme.unit * 3
        anchors.verticalCenter: parent.verticalCenter
        name: "magnify"
        size: Theme.heading
    }
    TextInput {
        id: input
        objectName: "search:input"
        property string keyboard: W.language === "en" ? "latin" : "pinyin" // which layout comes up
        property string caption: field.hint
        anchors.left: glass.right
        anchors.leftMargin: Theme.gap
        anchors.right: clear.visible ? clear.left : parent.right
        anchors.rightMargin: Theme.unit * 3
        anchors.verticalCenter: parent.verticalCenter
        focus: true
        activeFocusOnTab: true
        Accessible.role: Accessible.EditableText
        Accessible.name: field.hint
        clip: true
        maximumLength: 40
        selectByMouse: false
        color: Theme.ink
        font.family: Theme.family
        font.pixelSize: Theme.lead

        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            visible: input.text === "" && input.preeditText === ""
            text: field.hint
            font.pixelSize: Theme.lead
            color: Theme.inkSoft
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
            lineHeight: 1
            Accessible.ignored: true
        }
    }
    FocusMark {
        shown: input.activeFocus
    }
    MouseArea {
        // The whole line takes the focus, on release like every control; a drag selects nothing.
        anchors.left: parent.left
        anchors.right: input.right
        height: parent.height
        onClicked: input.forceActiveFocus()
    }
    Tap {
        id: clear
        objectName: "search:clear"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(Theme.target, parent.height)
        height: parent.height
        visible: input.text !== ""
        name: W.t("search.clear")
        onTapped: input.clear()
        Icon {
            anchors.centerIn: parent
            name: "close-circle"
            size: Theme.heading
            color: Theme.inkSoft
        }
    }
}
