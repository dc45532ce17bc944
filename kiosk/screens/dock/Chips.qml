// Things to press, as many in a row as there is room for; what is so now is filled and ticked.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Flow {
    id: chips

    property string role
    property var model: []
    property var now: ({}) // fact → what is so
    property string filter
    signal pulled(string lever, string value)

    function on(chip): bool {
        return chip.fact !== "" && !chip.relief && (now[chip.fact] ?? "") === chip.so;
    }

    spacing: Theme.unit

    Repeater {
        model: chips.model
        Switch {
            id: one
            required property var modelData
            readonly property string so: chips.now[modelData.fact] ?? ""
            objectName: chips.role + "." + modelData.name
            visible: Labels.fits(modelData.words, modelData.raw, chips.filter)
            text: Labels.of(modelData.words, modelData.raw, { so: so })
            on: modelData.relief ? so !== "" : chips.on(modelData)
            icon: modelData.relief ? "hand-back-right-outline" : ""
            ticked: modelData.relief ? icon : "check"
            onTapped: {
                if (on && !modelData.relief && modelData.back !== "")
                    chips.pulled(modelData.back, modelData.back_value);
                else
                    chips.pulled(modelData.lever, modelData.value);
            }
        }
    }
}
