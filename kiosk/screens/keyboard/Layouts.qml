// Where the keys stand: for each layout its grid and its keys {id, column, row, width, height}, in cells of that grid.
import QtQuick

QtObject {
    // Letters carry a row of digits above them (row 0); while pinyin is composed the candidates stand there.
    readonly property var letters: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
    // What a sign is called aloud: `keyboard.sign.<name>`. A voice passes over the sign itself.
    readonly property var signs: ({
            "·": "dot", "-": "hyphen", "/": "slash", "#": "hash", "(": "bracket_open", ")": "bracket_close", "@": "at",
            ".": "point", "_": "underscore", "&": "and", "+": "plus", "，": "comma", "。": "full_stop", "、": "pause", "：": "colon",
            "；": "semicolon", "？": "question", "！": "exclamation", "“": "quote_open", "”": "quote_close", "《": "title_open",
            "》": "title_close", "—": "dash", "（": "bracket_open", "）": "bracket_close"
        })
    readonly property var symbols: ["1234567890", "-/#()@._&+", "，。、：；？！", "“”《》（）—"]

    readonly property var field: ({
            column: 1.75,
            row: 1,
            width: 6.25,
            height: 4
        }) // of the layout "hand": where a finger writes

    // `hand`: a finger may write, too.
    function of(layout: string, hand: bool): var {
        switch (layout) {
        case "hand":
            return written();
        case "digits":
            return pad("");
        case "id":
            return pad("X");
        case "code":
            return capitals(["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"], "");
        case "contract":
            return capitals(["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"], "-");
        case "plate":
            return capitals(["QWERTYUP", "ASDFGHJKL", "ZXCVBNM"], "挂学警港澳"); // a plate has no I and no O
        case "provinces":
            return provinces();
        case "symbols":
            return rows(symbols, "letters", false, false);
        default:
            return rows(letters, "symbols", true, hand && layout === "pinyin");
        }
    }

    function rows(characters: var, other: string, shift: bool, hand: bool): var {
        const keys = [];
        characters.forEach((line, row) => {
            const first = (10 - line.length) / 2;
            line.split("").forEach((character, n) => keys.push({
                    id: character,
                    column: first + n,
                    row: row,
                    width: 1,
                    height: 1
                }));
        });
        const last = hand ? [["hand", 1.5], ["lang", 1.25], [other, 1.25], ["·", 1], ["space", 2], ["clear", 1.25], ["done", 1.75]] : [["lang", 1.5], [other, 1.5], ["·", 1], ["space", 2.5], ["clear", 1.5], ["done", 2]];
        let column = 0;
        for (const [id, width] of last) {
            keys.push({
                id: id,
                column: column,
                row: 4,
                width: width,
                height: 1
            });
            column += width;
        }
        if (shift)
            keys.push({
                id: "shift",
                column: 0,
                row: 3,
                width: 1.5,
                height: 1
            });
        keys.push({
            id: "backspace",
            column: 8.5,
            row: 3,
            width: 1.5,
            height: 1
        });
        return {
            columns: 10,
            rows: 5,
            keys: keys
        };
    }

    // A field to write in, with keys at both sides; digits above it, where the candidates stand once something is written.
    function written(): var {
        const keys = letters[0].split("").map((digit, n) => ({
                    id: digit,
                    column: n,
                    row: 0,
                    width: 1,
                    height: 1
                }));
        const beside = (ids, column, width) => ids.forEach((id, n) => keys.push({
                    id: id,
                    column: column,
                    row: n + 1,
                    width: width,
                    height: 1
                }));
        beside(["spell", "lang", "symbols", "·"], 0, field.column);
        beside(["undo", "clear", "backspace", "done"], field.column + field.width, 10 - field.column - field.width);
        return {
            columns: 10,
            rows: 5,
            keys: keys
        };
    }

    // Digits above capital letters; `extra` stands left in the last row.
    function capitals(letters: var, extra: string): var {
        const keys = [];
        const place = (id, column, row, width) => keys.push({
                id: id,
                column: column,
                row: row,
                width: width,
                height: 1
            });
        ["1234567890"].concat(letters).forEach((line, row) => line.split("").forEach((character, n) => place(character, (10 - line.length) / 2 + n, row, 1)));
        extra.split("").forEach((character, n) => place(character, n, 4, 1));
        place("backspace", 8.5, 3, 1.5);
        const rest = 10 - extra.length;
        place("clear", extra.length, 4, Math.floor(rest / 2));
        place("done", extra.length + Math.floor(rest / 2), 4, Math.ceil(rest / 2));
        return {
            columns: 10,
            rows: 5,
            keys: keys
        };
    }

    // The short names of the provinces as plates carry them, Fujian's own first.
    function provinces(): var {
        const names = "闽京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉贵粤青藏川宁琼";
        const keys = names.split("").map((name, n) => ({
                    id: name,
                    column: n % 8,
                    row: Math.floor(n / 8),
                    width: 1,
                    height: 1
                }));
        keys.push({
            id: "done",
            column: 5,
            row: 4,
            width: 3,
            height: 1
        });
        return {
            columns: 8,
            rows: 5,
            keys: keys
        };
    }

    // Twelve keys as on a telephone; `extra` stands left of the 0.
    function pad(extra: string): var {
        const keys = [];
        const place = (id, column, row, height) => keys.push({
                id: id,
                column: column,
                row: row,
                width: 1,
                height: height
            });
        "123456789".split("").forEach((digit, n) => place(digit, n % 3, Math.floor(n / 3), 1));
        if (extra !== "")
            place(extra, 0, 3, 1);
        place("0", 1, 3, 1);
        place("clear", 2, 3, 1);
        place("backspace", 3, 0, 2);
        place("done", 3, 2, 2);
        return {
            columns: 4,
            rows: 4,
            keys: keys
        };
    }
}
