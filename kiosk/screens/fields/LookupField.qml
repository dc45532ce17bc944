// One of the records a department returned: a card each, with what the citizen needs to recognise it.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

FieldFrame {
    id: lookup

    Repeater {
        model: lookup.field.options || []
        delegate: OptionButton {
            id: card
            required property var modelData
            objectName: "option:" + lookup.name + ":" + modelData.value
            width: lookup.width
            label: W.of(modelData.label)
            chosen: lookup.value === modelData.value
            // A second touch takes an answer back only where none is needed.
            onTapped: lookup.value = lookup.value === card.modelData.value && lookup.field.required === false ? "" : card.modelData.value

            Repeater {
                model: card.modelData.rows || []
                delegate: Row {
                    id: row
                    required property var modelData
                    width: parent ? parent.width : 0
                    leftPadding: Theme.heading + Theme.gap
                    spacing: Theme.gap

                    Words {
                        width: (row.width - row.leftPadding) * (Theme.portrait ? 0.28 : 0.2)
                        text: W.of(row.modelData[0])
                        color: Theme.inkSoft
                        lineHeight: 1.2
                        Accessible.ignored: true
                    }
                    Words {
                        width: (row.width - row.leftPadding) * (Theme.portrait ? 0.7 : 0.78)
                        text: W.of(row.modelData[1])
                        lineHeight: 1.2
                        Accessible.ignored: true
                    }
                }
            }
            Words {
                visible: text !== ""
                width: parent.width
                text: W.of(card.modelData.amount)
                bold: true
                font.pixelSize: Theme.heading
                color: Theme.brandDeep
                horizontalAlignment: Text.AlignRight
                lineHeight: 1.1
                Accessible.ignored: true
            }
        }
    }
}
