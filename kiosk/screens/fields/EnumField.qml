// One of a few: every answer is in sight as a large button, none hides in a list.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: choice

    readonly property var options: field.options || []
    readonly property int columns: {
        let widest = Theme.target;
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

    Grid {
        id: grid
        width: parent.width
        columns: choice.columns
        spacing: Theme.gap

        Repeater {
            model: choice.options
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
