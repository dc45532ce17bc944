// A text in words: a name, an address, a reason. The keyboard fits the pattern: pinyin unless only digits or letters are meant.
// Control: `input:<field>`.
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: text

    // Rules of kiosk/flow/checks whose text is a number or a code: what it may be made of, as it is typed.
    readonly property var rules: ({
            digits: { keyboard: "digits", allowed: /[0-9]*/ },
            mobile: { keyboard: "digits", allowed: /[0-9]{0,11}/, most: 11 },
            id_tail: { keyboard: "id", allowed: /[0-9]{0,5}[0-9X]?/, most: 6 },
            vin_tail: { keyboard: "code", allowed: /[A-HJ-NPR-Z0-9]*/, most: 6 },
            code: { keyboard: "code", allowed: /[A-Z0-9]*/ },
            contract_no: { keyboard: "contract", allowed: /[A-Z0-9-]*/ }
        })
    readonly property var rule: rules[field.pattern || ""] || {
        keyboard: W.language === "en" && !(field.pattern || "").startsWith("han") ? "latin" : "pinyin"
    }

    onValueChanged: if (entry.text !== value)
        entry.text = value

    RegularExpressionValidator {
        id: made
        regularExpression: text.rule.allowed || /.*/
    }
    TextEntry {
        id: entry
        width: parent.width
        name: text.name
        caption: text.label
        keyboard: text.rule.keyboard
        validator: text.rule.allowed ? made : null
        placeholder: W.t("fields.touch_to_type")
        most: text.rule.most || text.field.max || 200
        counter: active || length > most * 0.8
        wrong: text.wrong !== ""
        onTextChanged: text.value = entry.text

        readonly property int length: entry.text.length
    }
}
