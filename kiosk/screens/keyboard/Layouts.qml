// Where the keys stand: for each layout its grid and its keys {id, column, row, width, height}, in cells of that grid.
import QtQuick

QtObject {
    // Letters carry a row of digits above them (row 0); while pinyin is composed the candidates stand there.
    readonly property var letters: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
    readonly property var symbols: ["1234567890", "-/#()@._&+", "，。、：；？！", "“”《》（）—"]

    function of(layout: string): var {
        switch (layout) {
        case "digits":
            return pad("");
        case "id":
            return pad("X");
        case "symbols":
            return rows(symbols, "letters", false);
        default:
            return rows(letters, "symbols", true);
        }
    }

    function rows(characters: var, other: string, shift: bool): var {
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
        const last = [["lang", 1.5], [other, 1.5], ["·", 1], ["space", 2.5], ["clear", 1.5], ["done", 2]];
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
