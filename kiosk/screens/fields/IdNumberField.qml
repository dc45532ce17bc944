// An ID number: eighteen characters, digits and X, shown in its three groups (place, birth, order).
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: number

    onValueChanged: if (entry.text !== value)
        entry.text = value

    TextEntry {
        id: entry
        width: parent.width
        name: number.name
        caption: number.label
        keyboard: "id"
        placeholder: W.t("fields.id_number")
        most: 18
        counter: true
        wrong: number.wrong !== ""
        grouped: text => [text.slice(0, 6), text.slice(6, 14), text.slice(14)].filter(part => part !== "").join("  ")
        validator: RegularExpressionValidator {
            regularExpression: /[0-9]{0,17}[0-9Xx]?/
        }
        onTextChanged: {
            if (entry.text.includes("x"))
                entry.text = entry.text.toUpperCase();
            else
                number.value = entry.text;
        }
    }
}
