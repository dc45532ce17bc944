// A number: − and + for small steps, or touched and typed. The buttons stay between the bounds; the flow says so of what was typed.
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: integer

    readonly property int least: field.min || 0
    readonly property int most: field.max > 0 ? field.max : 999
    readonly property int number: value === "" ? 0 : parseInt(value, 10)

    onValueChanged: if (entry.text !== value)
        entry.text = value

    function set(number: int) {
        value = String(Math.max(least, Math.min(most, number)));
    }

    Row {
        spacing: Theme.gap

        StepButton {
            objectName: "minus:" + integer.name
            icon: "minus"
            name: W.t("fields.minus", {
                field: integer.label
            })
            enabled: integer.value === "" || integer.number > integer.least
            onTapped: integer.set(integer.value === "" ? integer.least : integer.number - 1)
        }
        TextEntry {
            id: entry
            width: Math.max(Theme.button * 2, Theme.unit * 26)
            name: integer.name
            caption: integer.label
            keyboard: "digits"
            placeholder: W.t("fields.number")
            most: String(integer.most).length
            wrong: integer.wrong !== ""
            alignment: TextInput.AlignHCenter
            validator: RegularExpressionValidator {
                regularExpression: /[0-9]*/
            }
            onTextChanged: integer.value = entry.text
        }
        StepButton {
            objectName: "plus:" + integer.name
            icon: "plus"
            name: W.t("fields.plus", {
                field: integer.label
            })
            enabled: integer.value === "" || integer.number < integer.most
            onTapped: integer.set(integer.value === "" ? Math.max(integer.least, 1) : integer.number + 1)
        }
    }
}
