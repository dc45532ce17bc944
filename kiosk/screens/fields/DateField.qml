// A day, between `field.earliest` and `field.latest`. Its controls are those of Calendar.qml, named after the field;
// `shown:<field>` says the day in words. The value is "2026-11-25".
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

FieldFrame {
    id: day

    function said(value: string): string {
        const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
        return parts === null ? W.t("fields.day_open") : W.t("fields.day", {
            year: Number(parts[1]),
            month: W.t("fields.month." + Number(parts[2])),
            day: Number(parts[3]),
            weekday: W.t("fields.weekday." + ((new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])).getDay() + 6) % 7 + 1))
        });
    }

    Words {
        objectName: "shown:" + day.name
        width: parent.width
        text: day.said(day.value)
        bold: day.value !== ""
        font.pixelSize: Theme.heading
        color: day.value === "" ? Theme.inkSoft : Theme.brandDeep
        lineHeight: 1
    }
    Calendar {
        width: parent.width
        name: day.name
        chosen: day.value
        earliest: day.field.earliest || "1900-01-01"
        latest: day.field.latest || "2100-12-31"
        onPicked: chosen => day.value = chosen
    }
}
