// One of a few: every answer is in sight as a large button, none hides in a list; of more than `many` one is searched.
// Controls: `option:<field>:<value>`, and where it is searched those of SearchPick.qml.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

FieldFrame {
    id: choice

    readonly property var options: field.options || []
    readonly property int many: 16
    readonly property bool searched: options.length > many
    readonly property int columns: {
        let widest = Theme.target + metrics.height * 0; // read, since a call alone does not notice other type
        for (const option of options)
            widest = Math.max(widest, metrics.advanceWidth(W.of(option.label)));
        const cell = Math.ceil(widest) + Theme.heading + Theme.gap * 5;
        return Math.max(1, Math.min(options.length, Theme.portrait ? 2 : 4, Math.floor((width + Theme.gap) / (cell + Theme.gap))));
    }

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.pixelSize: Theme.lead
        font.bold: true
    }

    SearchPick {
        width: parent.width
        visible: choice.searched
        name: choice.name
        caption: choice.label
        placeholder: W.t("fields.search.name")
        options: choice.searched ? choice.options : []
        value: choice.value
        wrong: choice.wrong !== ""
        onPicked: value => choice.value = value
        onMoved: choice.moved()
    }
    Grid {
        id: grid
        width: parent.width
        visible: !choice.searched
        columns: choice.columns
        spacing: Theme.gap

        Repeater {
            model: choice.searched ? [] : choice.options
            delegate: OptionButton {
                id: option
                required property var modelData
                objectName: "option:" + choice.name + ":" + modelData.value
                width: (grid.width - (choice.columns - 1) * grid.spacing) / choice.columns
                label: W.of(modelData.label)
                chosen: choice.value === modelData.value
                // A second touch takes an answer back only where none is needed.
                onTapped: choice.value = choice.value === option.modelData.value && choice.field.required === false ? "" : option.modelData.value
            }
        }
    }
}
