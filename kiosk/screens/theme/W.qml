// Words of the current language. Bindings on t() and of() follow a change of `json` at once; nothing is reloaded.
pragma Singleton
import QtQuick

QtObject {
    id: words

    property string language: "zh_Hans"
    property string json: "{}" // key → text: kiosk.i18n.table(language)
    readonly property var table: JSON.parse(json)

    // The text of `key`, its {places} filled from `args`. A missing key shows itself, as kiosk.i18n.say does.
    function t(key, args) {
        let text = words.table[key];
        if (text === undefined)
            return "⟦" + key + "⟧";
        for (const name in args || {})
            text = text.split("{" + name + "}").join(words.of(args[name]));
        return text;
    }

    // What a View holds: words from outside as they are, or {key, args} to translate. Nothing is "".
    function of(text) {
        if (text === undefined || text === null)
            return "";
        if (typeof text === "object")
            return words.t(text.key, text.args);
        return String(text);
    }

    // The same as a title: names of devices stand small within a sentence.
    function titled(text) {
        const said = words.of(text);
        return said.charAt(0).toUpperCase() + said.slice(1);
    }
}
