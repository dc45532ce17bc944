// The keyboard at the foot of the glass: there while a text entry has the focus, and writing into that one.
// An entry is a TextInput with `keyboard` (pinyin, latin, digits, id, code, contract, plate) and `caption`; nothing else has to be wired.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.keyboard.engine

Rectangle {
    id: keyboard

    property var target: null // no binding: opening makes the page shorter, and that may move the focus once more
    property string layout: "pinyin"
    property bool symbols: false
    property bool shift: false
    property string marked // the key at which keypad or keyboard stand, by its name
    property TextInput writing: null // the entry that the composition belongs to, until the next one has the focus
    readonly property bool open: target !== null
    readonly property bool letters: layout === "pinyin" || layout === "latin"
    readonly property bool handed: Theme.hand && layout === "pinyin" && hand.available
    readonly property bool spelled: layout === "pinyin" && chinese.text !== ""
    readonly property bool written: handed && field.strokes.length > 0
    readonly property bool composing: spelled || written
    readonly property var source: written ? hand : chinese // of candidates
    readonly property var next: open ? following() : null

    readonly property real rowHeight: Math.max(Theme.target, Theme.unit * (Theme.portrait ? (Theme.care ? 13 : 11) : (Theme.care ? 10 : 9)))
    readonly property real room: Math.min(width - Theme.unit * 6, Theme.unit * 170)
    readonly property bool wide: letters || layout === "code" || layout === "contract" || layout === "plate"
    readonly property bool fresh: layout === "plate" && !!target && target.text === "" // a plate begins with its province
    readonly property var plan: layouts.of(letters && symbols ? "symbols" : handed ? "hand" : fresh ? "provinces" : layout, hand.available)
    readonly property real padRoom: wide ? room : Math.min(room, Theme.unit * 100)
    readonly property real cellWidth: (padRoom + Theme.apart) / plan.columns
    readonly property real cellHeight: (keys.height + Theme.apart) / plan.rows

    objectName: "keyboard"
    visible: open
    implicitHeight: open ? strip.height + 5 * rowHeight + 4 * Theme.apart + Theme.unit * 4 : 0
    color: Theme.sunken

    function follow(item: var) {
        target = item && item.keyboard !== undefined ? item : null;
    }

    // The text entry below this one on the screen, if there is one.
    function following(): var {
        const here = target.mapToItem(null, 0, 0);
        let item = target.nextItemInFocusChain(true);
        for (let n = 0; n < 80 && item && item !== target; n++) {
            const there = item.mapToItem(null, 0, 0);
            if (item.keyboard !== undefined && (there.y > here.y || (there.y === here.y && there.x > here.x)))
                return item;
            item = item.nextItemInFocusChain(true);
        }
        return null;
    }

    function insert(text: string) {
        if (writing)
            writing.insert(writing.cursorPosition, text);
    }

    function press(id: string) {
        switch (id) {
        case "backspace":
            if (spelled)
                chinese.backspace();
            else if (target && target.cursorPosition > 0)
                target.remove(target.cursorPosition - stepBack(target.text, target.cursorPosition), target.cursorPosition);
            break;
        case "clear":
            if (spelled)
                chinese.clear();
            else if (written)
                field.clear();
            else if (target)
                target.clear();
            break;
        case "done":
            if (composing)
                settle();
            else if (next)
                next.forceActiveFocus();
            else if (target)
                target.focus = false;
            break;
        case "space":
            if (composing)
                settle();
            else
                insert(" ");
            break;
        case "shift":
            if (layout === "pinyin")
                chinese.feed("'");
            else
                shift = !shift;
            break;
        case "undo":
            field.undo();
            break;
        case "hand":
        case "spell":
            if (composing)
                settle();
            Theme.hand = id === "hand";
            break;
        case "lang":
            if (spelled)
                keepLetters();
            layout = layout === "pinyin" ? "latin" : "pinyin";
            break;
        case "symbols":
        case "letters":
            symbols = !symbols;
            break;
        default:
            if (layout === "pinyin" && !handed && !symbols && id >= "a" && id <= "z")
                chinese.feed(id);
            else
                insert(shift ? id.toUpperCase() : id);
            shift = false;
        }
    }

    // Takes the best candidate; letters that mean nothing in Chinese stay as they are, lines that mean nothing go.
    function settle() {
        if (source.candidates(0, 1).length > 0)
            source.choose(0);
        else if (spelled)
            keepLetters();
        else
            field.clear();
    }

    function keepLetters() {
        const raw = chinese.text.split(" ").join("");
        chinese.clear();
        insert(raw);
    }

    function stepBack(text: string, position: int): int {
        const unit = text.charCodeAt(position - 1);
        return unit >= 0xdc00 && unit <= 0xdfff && position > 1 ? 2 : 1; // a rare character is two units
    }

    function label(id: string): string {
        switch (id) {
        case "done":
            return W.t(composing ? "keyboard.choose" : next ? "keyboard.next" : "keyboard.done");
        case "space":
            return layout === "pinyin" ? W.t("keyboard.pinyin") : W.t("keyboard.latin");
        case "shift":
            return layout === "pinyin" ? W.t("keyboard.split") : W.t("keyboard.shift");
        case "backspace":
        case "clear":
        case "lang":
        case "symbols":
        case "hand":
        case "spell":
        case "undo":
            return W.t("keyboard." + id);
        case "letters":
            return W.t(handed ? "keyboard.hand" : "keyboard.letters");
        default:
            return shift ? id.toUpperCase() : id;
        }
    }

    function usable(id: string): bool {
        if (id === "lang")
            return chinese.available;
        if (id === "shift")
            return layout === "latin" || composing;
        if (id === "undo")
            return written;
        if (layout === "plate" && target && id.length === 1) {
            const place = target.text.length;
            if ("挂学警港澳".includes(id))
                return place >= 6; // these stand at the end alone
            return place !== 1 || id > "9"; // behind the province comes a letter
        }
        return true;
    }

    Window.onActiveFocusItemChanged: follow(Window.activeFocusItem)
    Component.onCompleted: follow(Window.activeFocusItem)

    onTargetChanged: {
        // Half a word belongs to the field it was meant for; what stands first in the list is what goes there.
        // What is half written by hand is no guess for anybody's name: it goes.
        field.clear();
        for (let n = 0; n < 64 && spelled; n++)
            settle();
        chinese.clear();
        symbols = false;
        shift = false;
        marked = "";
        writing = target;
        if (target) {
            layout = target.keyboard;
            if (layout === "pinyin") {
                chinese.open();
                hand.open();
                if (!chinese.available)
                    layout = "latin";
            }
        }
    }

    onHandedChanged: field.clear()
    onSymbolsChanged: field.clear()

    HandInput {
        id: hand
        fullForms: W.language === "zh_Hant"
        onCommitted: text => {
            keyboard.insert(text);
            field.clear();
        }
    }

    ChineseInput {
        id: chinese
        traditional: W.language === "zh_Hant"
        onCommitted: text => keyboard.insert(text)
    }

    Layouts {
        id: layouts
    }

    MouseArea {
        objectName: "keyboard:ground"
        anchors.fill: parent // a touch between two keys is nobody's
        Accessible.ignored: true
    }

    Rectangle {
        width: parent.width
        height: Theme.hair
        color: Theme.line
    }

    Item {
        id: strip
        anchors.horizontalCenter: parent.horizontalCenter
        width: keyboard.padRoom
        height: Math.ceil(Theme.body * 1.9)

        Words {
            objectName: "keyboard:composition"
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width * 0.6
            text: keyboard.spelled ? chinese.text : ""
            bold: true
            color: Theme.brand
            wrapMode: Text.NoWrap
            elide: Text.ElideLeft
            lineHeight: 1
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            width: parent.width * (keyboard.spelled ? 0.38 : 1)
            text: keyboard.target ? W.t("keyboard.filling", {
                field: keyboard.target.caption
            }) : ""
            color: Theme.inkSoft
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            horizontalAlignment: keyboard.spelled ? Text.AlignRight : Text.AlignLeft
            lineHeight: 1
        }
    }

    Item {
        id: keys
        anchors.top: strip.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: keyboard.padRoom
        height: 5 * keyboard.rowHeight + 4 * Theme.apart

        Repeater {
            model: keyboard.plan.keys
            delegate: Key {
                id: key
                required property var modelData
                readonly property string kindOf: modelData.id === "done" ? "main" : modelData.id.length > 1 ? "side" : "plain"
                objectName: "key:" + modelData.id
                x: modelData.column * keyboard.cellWidth
                y: modelData.row * keyboard.cellHeight
                width: modelData.width * keyboard.cellWidth - Theme.apart
                height: modelData.height * keyboard.cellHeight - Theme.apart
                visible: !keyboard.composing || (modelData.row > 0 && !candidates.spread)
                kind: kindOf
                label: keyboard.label(modelData.id)
                name: modelData.id === "hand" ? W.t("keyboard.hand.name") : layouts.signs[modelData.id] ? W.t("keyboard.sign." + layouts.signs[modelData.id]) : label
                icon: modelData.id === "backspace" ? "backspace-outline" : modelData.id === "shift" && keyboard.layout === "latin" ? "apple-keyboard-shift" : ""
                on: modelData.id === "shift" && keyboard.shift
                marked: keyboard.marked === objectName
                enabled: keyboard.usable(modelData.id)
                onTapped: keyboard.press(key.modelData.id)
            }
        }

        WritingField {
            id: field
            x: layouts.field.column * keyboard.cellWidth
            y: layouts.field.row * keyboard.cellHeight
            width: layouts.field.width * keyboard.cellWidth - Theme.apart
            height: layouts.field.height * keyboard.cellHeight - Theme.apart
            visible: keyboard.handed && !keyboard.symbols && !(keyboard.composing && candidates.spread)
            hand: hand
        }

        Candidates {
            id: candidates
            anchors.fill: parent
            visible: keyboard.composing
            source: keyboard.source
            marked: keyboard.marked
            rowHeight: keyboard.rowHeight
            rows: spread ? 5 : 1
            onChosen: index => keyboard.source.choose(index)
        }
    }
}
