// What every question has: its label, whether it must be answered, a hint, what is wrong, and below that the answer itself.
// `field` is a kiosk.flow.views.Field as a map; `value` is the draft, in and out; `error` is a text of the flow or nothing.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Column {
    id: frame

    property var field: ({})
    property string value
    property var error
    readonly property string name: field.name || ""
    readonly property string label: W.of(field.label)
    readonly property string wrong: W.of(error)
    default property alias content: body.data
    signal scanning // the citizen wants to answer with the scanner
    signal moved // something else stands here now: a second tap of a double tap is not meant for it, and keys go on from here

    spacing: Theme.gap
    onMoved: {
        for (let item = Window.activeFocusItem; item && !(item instanceof TextInput); item = item.parent)
            if (item === frame)
                frame.forceActiveFocus();
    }

    Column {
        width: parent.width
        spacing: Theme.unit / 2

        Item {
            width: parent.width
            height: Math.max(label.implicitHeight, tag.height)

            Words {
                id: label
                width: Math.min(implicitWidth, parent.width - tag.width - Theme.gap)
                text: frame.label
                bold: true
                font.pixelSize: Theme.lead
                lineHeight: 1.1
            }
            Rectangle {
                id: tag
                anchors.left: label.right
                anchors.leftMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                width: must.implicitWidth + Theme.unit * 2
                height: must.implicitHeight + Theme.unit / 2
                radius: Theme.radius / 2
                color: frame.field.required === false ? Theme.sunken : Theme.brandTint

                Words {
                    id: must
                    anchors.centerIn: parent
                    text: W.t(frame.field.required === false ? "fields.optional" : "fields.required")
                    font.pixelSize: Theme.small
                    color: frame.field.required === false ? Theme.inkSoft : Theme.brand
                    lineHeight: 1
                }
            }
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: W.of(frame.field.hint)
            color: Theme.inkSoft
        }
    }
    Notice {
        objectName: "error:" + frame.name
        width: parent.width
        text: frame.wrong
        kind: "bad"
    }
    Column {
        id: body
        width: parent.width
        spacing: Theme.gap
    }
    SecondaryButton {
        objectName: "scan:" + frame.name
        visible: frame.field.scan === true
        width: visible ? Math.min(frame.width, implicitWidth) : 0
        text: W.t("fields.scan")
        icon: "qrcode-scan"
        onTapped: {
            forceActiveFocus(); // what is still being composed is put into its field first
            frame.scanning();
        }
    }
}
