// A short text, a box for each character: what is typed and what is still missing can be seen at once. The TextInput lies over all of them.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Item {
    id: boxes

    property string name
    property string caption
    property string keyboard: "digits"
    property int count: 6
    property int needed: count // boxes beyond these may stay empty
    property int dot: 0 // behind which box a dot stands, 0: none
    property bool wrong: false
    property bool hidden: false // a dot for each character
    property alias text: input.text
    property alias validator: input.validator
    readonly property real dotWidth: dot > 0 ? Theme.gap : 0
    readonly property real cell: Math.min(Theme.unit * 19, (width - dotWidth - (count - 1) * Theme.apart) / count)

    implicitHeight: Math.max(Theme.button, Math.min(cell * 1.2, Theme.title * 1.7))

    Repeater {
        model: boxes.count
        delegate: Rectangle {
            id: box
            required property int index
            readonly property bool here: input.activeFocus && index === Math.min(input.length, boxes.count - 1)
            readonly property bool spare: index >= boxes.needed
            x: index * (boxes.cell + Theme.apart) + (boxes.dot > 0 && index >= boxes.dot ? boxes.dotWidth : 0)
            width: boxes.cell
            height: boxes.height
            radius: Theme.radius
            color: here ? Theme.brandTint : spare && character.text === "" ? Theme.goodTint : Theme.surface
            border.width: Theme.hair * (here || boxes.wrong ? 2 : 1)
            border.color: here ? Theme.brand : boxes.wrong ? Theme.bad : spare ? Theme.good : Theme.edge

            Words {
                id: character
                anchors.centerIn: parent
                text: boxes.hidden && box.index < input.length ? "●" : input.text.charAt(box.index)
                bold: true
                font.pixelSize: Math.min(Theme.title, boxes.cell * 0.6)
                lineHeight: 1
                Accessible.ignored: true
            }
            Words {
                anchors.centerIn: parent
                visible: box.spare && character.text === ""
                text: "+"
                font.pixelSize: Theme.heading
                color: Theme.good
                lineHeight: 1
                Accessible.ignored: true
            }
            Rectangle {
                visible: box.index === boxes.dot - 1
                anchors.left: parent.right
                anchors.leftMargin: (Theme.apart + boxes.dotWidth - width) / 2
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.unit * 1.5
                height: width
                radius: width / 2
                color: Theme.inkSoft
            }
        }
    }

    FocusMark {
        anchors.margins: -Theme.unit
        shown: input.activeFocus
    }
    TextInput {
        id: input

        property string keyboard: boxes.keyboard
        property string caption: boxes.caption

        objectName: "input:" + boxes.name
        anchors.fill: parent
        maximumLength: boxes.count
        activeFocusOnTab: true
        color: "transparent"
        selectionColor: "transparent"
        selectedTextColor: "transparent"
        font.family: Theme.family
        font.pixelSize: Theme.small
        cursorDelegate: Item {}
        inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
        Accessible.role: Accessible.EditableText
        Accessible.name: boxes.caption
        onCursorPositionChanged: {
            if (cursorPosition !== length)
                cursorPosition = length; // mended from its end, like every number here
        }
    }
    MouseArea {
        anchors.fill: parent
        onClicked: input.forceActiveFocus()
    }
}
