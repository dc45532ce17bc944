// One of very many: found by a part of its name or its first letters, a few of them in sight at a time.
// Controls: `input:<field>` (what is searched), `option:<field>:<value>`, then `change:<field>`.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Column {
    id: pick

    property string name
    property string caption
    property string placeholder
    property var options: [] // kiosk.flow.views.Option as maps
    property string value
    property bool wrong: false
    readonly property var chosen: options.find(option => option.value === value)
    property bool searching: false // another one is looked for: what was chosen counts until then
    readonly property bool open: searching || !chosen
    readonly property bool lettered: options.some(option => (option.search || "") !== "")
    readonly property int room: Theme.portrait ? 8 : 9
    readonly property var found: open ? search(entry.text) : []
    signal picked(string value)
    signal moved

    // Those whose name or letters begin with the words come first, then those that hold them.
    function search(text: string): var {
        const wanted = text.trim().toLowerCase().split(" ").join("");
        if (wanted === "")
            return options;
        const begins = [];
        const holds = [];
        for (const option of options) {
            const label = W.of(option.label).toLowerCase();
            const words = (option.search || "").toLowerCase().split(" ").concat([label]);
            if (words.some(word => word.startsWith(wanted)))
                begins.push(option);
            else if (label.split(" ").join("").includes(wanted) || words.some(word => word.includes(wanted)))
                holds.push(option);
        }
        return begins.concat(holds);
    }

    spacing: Theme.gap

    Picked {
        width: parent.width
        visible: !pick.open
        field: pick.name
        text: pick.chosen ? W.of(pick.chosen.label) : ""
        onTapped: {
            pick.searching = true;
            pick.moved();
        }
    }
    TextEntry {
        id: entry
        width: parent.width
        visible: pick.open
        name: pick.name
        caption: pick.caption
        keyboard: pick.lettered || W.language === "en" ? "latin" : "pinyin"
        placeholder: pick.placeholder
        most: 40
        wrong: pick.wrong
    }
    Cells {
        width: parent.width
        visible: pick.open
        prefix: "option:" + pick.name + ":"
        most: Theme.portrait ? 2 : 3
        chosen: pick.value
        cells: pick.found.slice(0, pick.room).map(option => ({
                    id: option.value,
                    text: W.of(option.label),
                    detail: W.of(option.group)
                }))
        onPicked: id => {
            pick.searching = false;
            pick.picked(id);
            entry.text = "";
            pick.moved();
        }
    }
    Words {
        width: parent.width
        visible: pick.open && text !== ""
        text: pick.found.length === 0 ? W.t("fields.search.none") : pick.found.length > pick.room ? W.t("fields.search.more", {
            n: pick.found.length - pick.room
        }) : ""
        color: Theme.inkSoft
    }
}
