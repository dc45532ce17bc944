// Names of Material Design Icons → their glyphs. The window fills `json` from the installed icon package.
pragma Singleton
import QtQuick

QtObject {
    id: glyphs

    property string json: "{}"
    readonly property var table: JSON.parse(json)

    // A name nobody drew becomes a question mark in a circle: visible, never a crash.
    function of(name: string): string {
        return glyphs.table[name] || glyphs.table["help-circle-outline"] || "";
    }
}
