// A number that others have given: typed once, drawn in its groups and bounded as it is typed. Control: `input:<field>`.
import QtQuick

FieldFrame {
    id: formatted

    property string keyboard: "digits"
    property string placeholder
    property int most
    property var grouped: null
    property alias allowed: rule.regularExpression // as far as it is typed

    onValueChanged: if (entry.text !== value)
        entry.text = value

    TextEntry {
        id: entry
        width: parent.width
        name: formatted.name
        caption: formatted.label
        keyboard: formatted.keyboard
        placeholder: formatted.placeholder
        most: formatted.most
        counter: true
        wrong: formatted.wrong !== ""
        grouped: formatted.grouped
        validator: RegularExpressionValidator {
            id: rule
        }
        onTextChanged: formatted.value = entry.text
    }
}
