// The candidates of what is being composed or was written: one row of them, or spread over the keys to find a rare character.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.keyboard.engine

Item {
    id: bar

    required property CandidateSource source
    required property real rowHeight
    property bool spread: false
    property int rows: 1
    property int start: 0
    property var before: [] // where the pages before this one began
    property string marked // the key at which keypad or keyboard stand, by its name
    property int revision: 0 // counts what was written: the list is the engine's, not ours
    readonly property real controls: 3 * controlWidth + 3 * Theme.apart
    readonly property real controlWidth: Math.max(Theme.target, Theme.unit * 9)
    readonly property var page: revision >= 0 && visible ? lay(start, width, rows) : []
    readonly property int next: page.length > 0 ? page[page.length - 1].index + 1 : start
    readonly property bool more: revision >= 0 && visible && source.candidates(next, 1).length > 0

    signal chosen(int index)

    // Fills rows from candidate `from` on; each as wide as its text, never narrower than a finger.
    function lay(from: int, room: real, lines: int): var {
        const placed = [];
        let x = 0;
        let row = 0;
        const found = source.candidates(from, 16 * lines);
        for (let n = 0; n < found.length; n++) {
            const text = found[n];
            if (text === "")
                continue; // no font of this machine draws it
            const end = () => row === 0 ? room - controls : room;
            const wide = Math.min(end(), Math.max(Theme.target, Theme.unit * 11, Math.ceil(metrics.advanceWidth(text)) + Theme.unit * 4));
            if (x + wide > end()) {
                x = 0;
                row += 1;
                if (row >= lines)
                    break;
            }
            placed.push({
                index: from + n,
                text: text,
                x: x,
                row: row,
                width: wide
            });
            x += wide + Theme.apart;
        }
        return placed;
    }

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.pixelSize: Theme.heading
    }

    Connections {
        target: bar.source
        function onChanged() {
            bar.start = 0;
            bar.before = [];
            bar.revision += 1;
            if (bar.source.candidates(0, 1).length === 0)
                bar.spread = false;
        }
    }

    Repeater {
        model: bar.page
        delegate: Key {
            id: cell
            required property var modelData
            objectName: "candidate:" + modelData.index
            x: modelData.x
            y: modelData.row * (bar.rowHeight + Theme.apart)
            width: modelData.width
            height: bar.rowHeight
            label: modelData.text
            marked: bar.marked === objectName
            onTapped: bar.chosen(cell.modelData.index)
        }
    }

    Row {
        anchors.right: parent.right
        spacing: Theme.apart

        Key {
            objectName: "key:page-before"
            marked: bar.marked === objectName
            width: bar.controlWidth
            height: bar.rowHeight
            kind: "side"
            icon: "chevron-left"
            name: W.t("keyboard.page_before")
            enabled: bar.before.length > 0
            onTapped: {
                bar.start = bar.before[bar.before.length - 1];
                bar.before = bar.before.slice(0, -1);
            }
        }
        Key {
            objectName: "key:page-next"
            marked: bar.marked === objectName
            width: bar.controlWidth
            height: bar.rowHeight
            kind: "side"
            icon: "chevron-right"
            name: W.t("keyboard.page_next")
            enabled: bar.more
            onTapped: {
                const next = bar.next;
                bar.before = bar.before.concat([bar.start]);
                bar.start = next;
            }
        }
        Key {
            objectName: "key:spread"
            marked: bar.marked === objectName
            width: bar.controlWidth
            height: bar.rowHeight
            kind: "side"
            icon: bar.spread ? "chevron-up" : "chevron-down"
            name: W.t(bar.spread ? "keyboard.spread_less" : "keyboard.spread_more")
            onTapped: {
                bar.start = 0;
                bar.before = [];
                bar.spread = !bar.spread;
            }
        }
    }
}
