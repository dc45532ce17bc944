// A mobile number: eleven digits, shown as 3-4-4.
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: phone

    onValueChanged: if (entry.text !== value)
        entry.text = value

    TextEntry {
        id: entry
        width: parent.width
        name: phone.name
        caption: phone.label
        keyboard: "digits"
        placeholder: W.t("fields.phone")
        most: 11
        counter: true
        wrong: phone.wrong !== ""
        grouped: text => [text.slice(0, 3), text.slice(3, 7), text.slice(7)].filter(part => part !== "").join("  ")
        validator: RegularExpressionValidator {
            regularExpression: /[0-9]{0,11}/
        }
        onTextChanged: phone.value = entry.text
    }
}
