// The box a text is typed into. Its TextInput is what the keyboard looks for: `keyboard`, `caption`, and Qt's own editing.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Rectangle {
    id: entry

    property string name
    property string caption // what the keyboard calls it
    property string keyboard: "pinyin"
    property string placeholder
    property int most: 200 // characters; what is pasted or typed beyond them is not taken
    property alias text: input.text
    property alias validator: input.validator
    property var grouped: null // text → the same text with spaces between its groups, for long numbers
    property bool wrong: false
    property bool counter: false
    property int alignment: TextInput.AlignLeft
    readonly property bool active: input.activeFocus

    implicitHeight: Math.max(Theme.button, Math.ceil(input.font.pixelSize * Theme.leading) + Theme.unit * 4)
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.hair * (wrong ? 2 : 1)
    border.color: wrong ? Theme.bad : Theme.edge

    FocusMark {
        shown: entry.active
    }

    MouseArea {
        anchors.fill: parent
        onClicked: {
            input.forceActiveFocus();
            input.cursorPosition = input.length;
        }
    }

    TextInput {
        id: input

        property string keyboard: entry.keyboard
        property string caption: entry.caption

        objectName: "input:" + entry.name
        anchors.left: parent.left
        anchors.right: count.visible ? count.left : parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.gap * 1.5
        anchors.rightMargin: Theme.gap
        clip: true
        maximumLength: entry.most
        activeFocusOnTab: true
        autoScroll: true
        font.family: Theme.family
        font.pixelSize: Theme.heading
        font.weight: Font.Medium
        color: entry.grouped ? "transparent" : Theme.ink
        selectionColor: Theme.brandTint
        selectedTextColor: color
        horizontalAlignment: entry.alignment
        cursorVisible: activeFocus
        cursorDelegate: Rectangle {
            visible: input.activeFocus && !entry.grouped
            width: Theme.hair * 2
            color: Theme.brand
        }
        inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
        Accessible.role: Accessible.EditableText
        Accessible.name: entry.caption
        onCursorPositionChanged: {
            if (entry.grouped && cursorPosition !== length)
                cursorPosition = length; // a number is mended from its end: the groups are drawn, not typed
        }
    }

    Words {
        anchors.fill: input
        visible: entry.placeholder !== "" && input.text === "" && !input.activeFocus
        text: entry.placeholder
        font.pixelSize: Theme.lead
        color: Theme.inkSoft
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.small
        horizontalAlignment: entry.alignment === TextInput.AlignHCenter ? Text.AlignHCenter : Text.AlignLeft
        verticalAlignment: Text.AlignVCenter
        lineHeight: 1
    }
    Words {
        id: shown
        anchors.left: input.left
        anchors.verticalCenter: parent.verticalCenter
        visible: entry.grouped !== null
        text: entry.grouped ? entry.grouped(input.text) : ""
        font.pixelSize: Theme.heading
        font.weight: Font.Medium
        wrapMode: Text.NoWrap
        lineHeight: 1
        Accessible.ignored: true

        Rectangle {
            visible: input.activeFocus
            anchors.left: parent.right
            anchors.leftMargin: Theme.hair
            width: Theme.hair * 2
            height: parent.height
            color: Theme.brand
        }
    }
    Words {
        id: count
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap * 1.5
        anchors.verticalCenter: parent.verticalCenter
        visible: entry.counter
        text: W.t("fields.count", {
            n: input.length,
            most: entry.most
        })
        color: input.length === entry.most ? Theme.good : Theme.inkSoft
        lineHeight: 1
    }
}
