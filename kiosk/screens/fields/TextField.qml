// A text in words: a name, an address, a reason. The keyboard fits the pattern: pinyin unless only digits or letters are meant.
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: text

    function keyboardFor(pattern: string): string {
        if (pattern === "digits" || pattern === "otp")
            return "digits";
        if (pattern === "")
            return W.language === "en" ? "latin" : "pinyin";
        return pattern.startsWith("han") ? "pinyin" : "latin";
    }

    onValueChanged: if (entry.text !== value)
        entry.text = value

    TextEntry {
        id: entry
        width: parent.width
        name: text.name
        caption: text.label
        keyboard: text.keyboardFor(text.field.pattern || "")
        placeholder: W.t("fields.touch_to_type")
        most: text.field.max > 0 ? text.field.max : 200
        counter: active || length > most * 0.8
        wrong: text.wrong !== ""
        onTextChanged: text.value = entry.text

        readonly property int length: entry.text.length
    }
}
