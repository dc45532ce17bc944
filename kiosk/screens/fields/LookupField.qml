// One of the records a department returned: a card each, with what the citizen needs to recognise it. Controls: `option:<field>:<value>`.
pragma ComponentBehavior: Bound
import QtQuick

FieldFrame {
    id: lookup

    Repeater {
        model: lookup.field.options || []
        delegate: RecordButton {
            id: card
            required property var modelData
            objectName: "option:" + lookup.name + ":" + modelData.value
            width: lookup.width
            record: modelData
            chosen: lookup.value === modelData.value
            // A second touch takes an answer back only where none is needed.
            onTapped: lookup.value = lookup.value === card.modelData.value && lookup.field.required === false ? "" : card.modelData.value
        }
    }
}
