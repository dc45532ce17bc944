// One of very many: found by a part of its name or its first letters, a few of them in sight at a time.
// Controls: `input:<field>` (what is searched), `option:<field>:<value>`, `page:<field>` (the next few), then `change:<field>`.
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
    readonly property int room: Theme.care ? 4 : Theme.portrait ? 8 : 6 // as many as stand above the keyboard
    readonly property int pages: Math.max(1, Math.ceil(found.length / room))
    property int page: 0 // of what is found
    readonly property var found: open ? matching(entry.text) : []
    signal picked(string value)
    signal moved

    // Those whose name or letters begin with the words come first, then those that hold them.
    function matching(text: string): var {
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

    onFoundChanged: page = 0
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
    // Portrait: what is found stands below the line. Landscape: beside it, where the keyboard does not hide it.
    Grid {
        id: place
        width: parent.width
        visible: pick.open
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        readonly property real lineWidth: Theme.portrait ? width : Math.floor((width - columnSpacing) * 0.4)

        Grid {
            id: lines
            width: place.lineWidth
            columns: Theme.portrait && further.visible ? 2 : 1
            spacing: Theme.gap

            TextEntry {
                id: entry
                width: lines.width - (lines.columns > 1 ? further.width + lines.spacing : 0)
                name: pick.name
                caption: pick.caption
                keyboard: pick.lettered || W.language === "en" ? "latin" : "pinyin"
                placeholder: pick.placeholder
                most: 40
                wrong: pick.wrong
            }
            Words {
                width: lines.width
                visible: pick.found.length === 0
                text: W.t("fields.search.none")
                color: Theme.inkSoft
            }
            SecondaryButton {
                id: further
                objectName: "page:" + pick.name
                width: Theme.portrait ? lines.width * 0.38 : lines.width
                height: Math.max(entry.height, implicitHeight)
                visible: pick.pages > 1
                size: Theme.body
                icon: "chevron-right"
                iconLast: true
                text: W.t("fields.search.page", {
                    page: pick.page + 1,
                    pages: pick.pages
                })
                onTapped: pick.page = (pick.page + 1) % pick.pages
            }
        }
        Cells {
            width: Theme.portrait ? place.width : place.width - place.columnSpacing - place.lineWidth
            prefix: "option:" + pick.name + ":"
            most: 2
            chosen: pick.value
            cells: pick.found.slice(pick.page * pick.room, (pick.page + 1) * pick.room).map(option => ({
                        id: option.value,
                        text: W.of(option.label),
                        detail: W.of(option.group)
                    }))
            onPicked: id => {
                pick.forceActiveFocus(); // the line that was searched in is gone, and its keyboard with it
                pick.searching = false;
                pick.picked(id);
                entry.text = "";
                pick.moved();
            }
        }
    }
}
