// From which month to which: common ranges in one touch, or the first and the last month one after the other.
// The last month cannot be chosen before the first, nor more than `field.max` months on; the value is "2025-01/2025-12".
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

FieldFrame {
    id: range

    readonly property int latest: {
        const today = new Date();
        return parse(field.latest || "") >= 0 ? parse(field.latest) : today.getFullYear() * 12 + today.getMonth();
    }
    readonly property int most: field.max || 0 // months; 0 = as many as wished
    readonly property int earliest: (Math.floor(latest / 12) - 40) * 12
    property int first: -1
    property int last: -1
    property bool choosingLast: false
    property int year: Math.floor(latest / 12)

    // "2025-03" → months since year 0; -1 for anything else.
    function parse(text: string): int {
        const parts = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
        return parts ? Number(parts[1]) * 12 + Number(parts[2]) - 1 : -1;
    }

    function format(month: int): string {
        return month < 0 ? "" : Math.floor(month / 12) + "-" + String(month % 12 + 1).padStart(2, "0");
    }

    function say(month: int): string {
        return month < 0 ? W.t("fields.month_open") : W.t("fields.year_month", {
            year: Math.floor(month / 12),
            month: W.t("fields.month." + (month % 12 + 1))
        });
    }

    // Half a range is kept too: going back and forth loses nothing.
    function written(): string {
        return first < 0 && last < 0 ? "" : format(first) + "/" + format(last);
    }

    function choose(from: int, to: int) {
        first = from;
        last = to;
        value = written();
    }

    function pick(month: int) {
        if (choosingLast) {
            choose(first, month);
            return;
        }
        const fits = last >= month && (most === 0 || last - month < most);
        choose(month, fits ? last : -1);
        turn(true);
    }

    function turn(toLast: bool) {
        choosingLast = toLast;
        const shown = toLast ? (last >= 0 ? last : first) : first;
        if (shown >= 0)
            year = Math.floor(shown / 12);
    }

    function quick(name: string): int {
        return name === "year" ? latest % 12 + 1 : Number(name);
    }

    onValueChanged: {
        if (value === written())
            return;
        const parts = value.split("/");
        first = parse(parts[0]);
        last = parts.length > 1 ? parse(parts[1]) : -1;
        turn(false);
    }

    Grid {
        id: quicks
        readonly property var names: {
            const lengths = ["12", "36"].filter(name => range.most === 0 || Number(name) <= range.most);
            if (lengths.length === 0)
                lengths.push(String(range.most));
            return range.most === 0 || range.quick("year") <= range.most ? lengths.concat("year") : lengths;
        }
        width: parent.width
        columns: names.length
        spacing: Theme.gap

        Repeater {
            model: quicks.names
            delegate: SecondaryButton {
                required property string modelData
                objectName: "quick:" + range.name + ":" + modelData
                width: (quicks.width - (quicks.columns - 1) * quicks.spacing) / quicks.columns
                size: Theme.body
                text: modelData === "year" ? W.t("fields.quick.year") : W.t("fields.quick.months", {
                    n: modelData
                })
                onTapped: {
                    range.choose(range.latest - range.quick(modelData) + 1, range.latest);
                    range.turn(true);
                }
            }
        }
    }

    Row {
        id: ends
        width: parent.width
        spacing: Theme.gap

        Repeater {
            model: ["from", "to"]
            delegate: Tap {
                id: end
                required property string modelData
                readonly property bool isLast: modelData === "to"
                readonly property bool active: isLast === range.choosingLast

                objectName: "side:" + range.name + ":" + modelData
                name: W.t("fields." + modelData) + " " + range.say(isLast ? range.last : range.first)
                role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: active
                width: (ends.width - ends.spacing) / 2
                height: Math.max(Theme.button, inside.implicitHeight + Theme.unit * 3)
                enabled: !isLast || range.first >= 0
                onTapped: range.turn(isLast)

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radius
                    color: end.active || end.pressed ? Theme.brandTint : end.enabled ? Theme.surface : Theme.sunken
                    border.width: Theme.hair * (end.active || range.wrong !== "" ? 2 : 1)
                    border.color: end.active ? Theme.brand : range.wrong !== "" ? Theme.bad : Theme.edge
                }
                Column {
                    id: inside
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.gap * 1.5
                    width: parent.width - 2 * x
                    spacing: Theme.unit / 2

                    Words {
                        text: W.t("fields." + end.modelData)
                        color: Theme.inkSoft
                        lineHeight: 1
                        Accessible.ignored: true
                    }
                    Words {
                        objectName: "shown:" + range.name + ":" + end.modelData
                        width: parent.width
                        text: range.say(end.isLast ? range.last : range.first)
                        bold: true
                        font.pixelSize: Theme.heading
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.body
                        wrapMode: Text.NoWrap
                        color: (end.isLast ? range.last : range.first) < 0 ? Theme.inkSoft : Theme.ink
                        lineHeight: 1.1
                        Accessible.ignored: true
                    }
                }
            }
        }
    }

    MonthGrid {
        width: parent.width
        name: range.name
        year: range.year
        first: range.first
        last: range.last
        earliest: range.earliest
        latest: range.latest
        soonest: range.choosingLast ? range.first : range.earliest
        furthest: range.choosingLast && range.most > 0 ? Math.min(range.latest, range.first + range.most - 1) : range.latest
        onPicked: month => range.pick(month)
        onTurned: year => range.year = year
    }

    Words {
        width: parent.width
        text: range.first >= 0 && range.last >= range.first ? W.t("fields.months", {
            n: range.last - range.first + 1
        }) : range.most > 0 ? W.t("fields.months_most", {
            n: range.most
        }) : ""
        visible: text !== ""
        color: Theme.inkSoft
    }
}
