// One of the free times of a department: first a day of the calendar, then a time of that day. `option.group` is the day, `label` the time.
// Controls: `day:<field>:<2026-11-26>` `minus:<field>` `plus:<field>` (month) `option:<field>:<value>`; `shown:<field>` says what is chosen.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

FieldFrame {
    id: slot

    readonly property var options: field.options || []
    readonly property var chosen: options.find(option => option.value === value)
    property string day: ""
    readonly property var days: [...new Set(options.map(option => W.of(option.group)))].sort()
    readonly property var free: {
        const count = {};
        for (const option of options)
            count[W.of(option.group)] = (count[W.of(option.group)] || 0) + 1;
        for (const day in count)
            count[day] = W.t("fields.slot.free", { n: count[day] });
        return count;
    }

    function said(day: string): string {
        const parts = day.split("-").map(Number);
        return W.t("fields.day", {
            year: parts[0],
            month: W.t("fields.month." + parts[1]),
            day: parts[2],
            weekday: W.t("fields.weekday." + ((new Date(parts[0], parts[1] - 1, parts[2]).getDay() + 6) % 7 + 1))
        });
    }

    onChosenChanged: if (chosen)
        day = W.of(chosen.group)
    Component.onCompleted: if (day === "" && days.length > 0)
        day = days[0] // the first day that has anything stands open

    Calendar {
        width: parent.width
        name: slot.name
        chosen: slot.day
        earliest: slot.days.length > 0 ? slot.days[0] : "1900-01-01"
        latest: slot.days.length > 0 ? slot.days[slot.days.length - 1] : "1900-01-01"
        free: slot.free
        onPicked: day => slot.day = day
    }
    Words {
        objectName: "shown:" + slot.name
        width: parent.width
        visible: slot.day !== ""
        text: slot.day === "" ? "" : slot.chosen && W.of(slot.chosen.group) === slot.day ? slot.said(slot.day) + "  " + W.of(slot.chosen.label) : slot.said(slot.day)
        bold: true
        font.pixelSize: Theme.lead
        color: Theme.brandDeep
        lineHeight: 1
    }
    Cells {
        width: parent.width
        prefix: "option:" + slot.name + ":"
        most: Theme.portrait ? 3 : 4
        chosen: slot.value
        cells: slot.options.filter(option => W.of(option.group) === slot.day).map(option => ({
                    id: option.value,
                    text: W.of(option.label),
                    detail: (option.rows || []).map(row => W.of(row[0]) + " " + W.of(row[1])).join(" · ")
                }))
        onPicked: id => slot.value = slot.value === id && slot.field.required === false ? "" : id
    }
}
