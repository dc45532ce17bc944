// A line to write a value in, and the button that pulls the lever with it.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Item {
    id: entry

    property string name // objectName of the button; the line's is line:<name>
    property string text
    property bool number: false
    property alias value: input.text
    property bool button: true
    property string verb: W.t("dock.go") // what the button says
    signal given(string value)
    signal typing(bool on)

    function give() {
        if (input.acceptableInput && input.text !== "")
            given(input.text);
    }

    implicitHeight: Theme.target
    implicitWidth: Theme.target * 6

    Rectangle {
        id: frame
        width: entry.width - (go.visible ? go.width + Theme.unit : 0)
        height: parent.height
        radius: Theme.radius
        color: Theme.surface
        border.width: input.activeFocus ? Theme.hair * 2 : Theme.hair
        border.color: input.activeFocus ? Theme.brand : Theme.edge

        TextInput {
            id: input
            objectName: "line:" + entry.name
            anchors.fill: parent
            anchors.leftMargin: Theme.gap
            anchors.rightMargin: Theme.gap
            verticalAlignment: TextInput.AlignVCenter
            clip: true
            maximumLength: 80
            selectByMouse: true
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.small
            validator: RegularExpressionValidator {
                regularExpression: entry.number ? /\d*\.?\d+/ : /.*/
            }
            Accessible.role: Accessible.EditableText
            Accessible.name: entry.text
            onActiveFocusChanged: entry.typing(activeFocus)
            onAccepted: entry.give()
            Keys.onEscapePressed: focus = false

            Words {
                anchors.fill: parent
                visible: input.text === "" && input.preeditText === ""
                text: entry.text
                font.pixelSize: Theme.small
                color: Theme.inkSoft
                lineHeight: 1
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
                Accessible.ignored: true
            }
        }
    }
    Switch {
        id: go
        objectName: entry.name
        anchors.right: parent.right
        visible: entry.button
        text: entry.verb
        onTapped: entry.give()
    }
}
