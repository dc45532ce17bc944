// Several of a list: a box each that is ticked, with what the citizen needs to recognise it. `field.max` many at most.
// Controls: `option:<field>:<value>`; `shown:<field>` says how many. The value is "a,b", in the order of the list.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

FieldFrame {
    id: several

    readonly property var options: field.options || []
    readonly property var ticked: value === "" ? [] : value.split(",")
    readonly property bool full: field.max > 0 && ticked.length >= field.max
    readonly property bool plain: options.every(option => (option.rows || []).length === 0 && !option.amount)

    function tick(id: string) {
        const wanted = ticked.includes(id) ? ticked.filter(one => one !== id) : ticked.concat([id]);
        value = options.map(option => option.value).filter(one => wanted.includes(one)).join(",");
    }

    Words {
        objectName: "shown:" + several.name
        width: parent.width
        text: W.t(several.field.max > 0 && several.options.length > several.field.max ? "fields.ticked_of" : "fields.ticked", {
            n: several.ticked.length,
            most: several.field.max || 0
        })
        color: several.full ? Theme.brandDeep : Theme.inkSoft
        bold: several.full
        lineHeight: 1
    }
    Grid {
        id: grid
        width: parent.width
        columns: several.plain && several.options.length > 2 ? 2 : 1
        spacing: Theme.apart

        Repeater {
            model: several.options
            delegate: RecordButton {
                id: card
                required property var modelData
                objectName: "option:" + several.name + ":" + modelData.value
                width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                record: modelData
                many: true
                chosen: several.ticked.includes(modelData.value)
                enabled: chosen || !several.full
                onTapped: several.tick(card.modelData.value)
            }
        }
    }
}
