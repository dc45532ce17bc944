// A month of days, Monday first; year and month can be picked by themselves, which is quick for a birthday.
// Days are texts, "2026-11-25": they compare as they are. Every control: `minus:<name>` `plus:<name>` (month, year or page before, after),
// `title:<name>:year` `title:<name>:month` (opens and closes the grid of years, of months), `year:<name>:<year>` `month:<name>:<1…12>` `day:<name>:<day>`.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Rectangle {
    id: calendar

    property string name
    property string chosen
    property string earliest: "1900-01-01"
    property string latest: "2100-12-31"
    property var free: null // day → what is said below its number; any other day cannot be chosen
    property int year
    property int month // 1…12
    property string mode: "days" // days | months | years
    property int page // the first year of those in sight
    readonly property string today: iso(new Date())
    readonly property int firstYear: Number(earliest.slice(0, 4))
    readonly property int lastYear: Number(latest.slice(0, 4))
    readonly property var days: lay(year, month)
    readonly property int shownYears: 20
    signal picked(string day)

    function iso(day: date): string {
        return text(day.getFullYear(), day.getMonth() + 1, day.getDate());
    }

    function text(year: int, month: int, day: int): string {
        return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
    }

    // The days of a month with the empty places before the first; weeks of which no day may be chosen take no room.
    function lay(year: int, month: int): var {
        const empty = (new Date(year, month - 1, 1).getDay() + 6) % 7;
        const count = new Date(year, month, 0).getDate();
        const found = [];
        for (let n = 0; n < empty; n++)
            found.push("");
        for (let day = 1; day <= count; day++)
            found.push(text(year, month, day));
        let kept = [];
        for (let start = 0; start < found.length; start += 7) {
            const week = found.slice(start, start + 7);
            if (week.some(day => day !== "" && day >= earliest && day <= latest))
                kept = kept.concat(week);
        }
        return kept;
    }

    // Turns to the month of a day, or as near as there is anything to choose.
    function show(day: string) {
        const near = day < earliest ? earliest : day > latest ? latest : day;
        year = Number(near.slice(0, 4));
        month = Number(near.slice(5, 7));
    }

    function holds(year: int, month: int): bool {
        return text(year, month, 31) >= earliest && text(year, month, 1) <= latest;
    }

    function can(step: int): bool {
        if (mode === "years")
            return step < 0 ? page > firstYear : page + shownYears <= lastYear;
        if (mode === "months")
            return step < 0 ? year > firstYear : year < lastYear;
        return step < 0 ? text(year, month, 1) > earliest : text(year, month, 31) < latest;
    }

    function turn(step: int) {
        if (mode === "years") {
            page += step * shownYears;
        } else if (mode === "months") {
            year += step;
        } else {
            const next = month + step;
            month = next < 1 ? 12 : next > 12 ? 1 : next;
            year += next < 1 ? -1 : next > 12 ? 1 : 0;
        }
    }

    // What is pressed makes way for something else: who walks with keys goes on from here.
    function stay() {
        for (let item = Window.activeFocusItem; item; item = item.parent)
            if (item === calendar)
                calendar.forceActiveFocus();
    }

    function open(wanted: string) {
        mode = mode === wanted ? "days" : wanted;
        if (mode === "years")
            page = lastYear + 1 - shownYears * Math.ceil((lastYear - year + 1) / shownYears); // the last page ends with the last year
    }

    implicitHeight: inside.implicitHeight + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.paper
    border.width: Theme.hair
    border.color: Theme.line
    onChosenChanged: if (chosen !== "")
        show(chosen)
    Component.onCompleted: show(chosen || today)

    Column {
        id: inside
        x: Theme.gap
        y: Theme.gap
        width: calendar.width - 2 * Theme.gap
        spacing: Theme.gap

        Item {
            width: parent.width
            height: Theme.button

            StepButton {
                objectName: "minus:" + calendar.name
                anchors.left: parent.left
                icon: "chevron-left"
                name: W.t(calendar.mode === "days" ? "fields.month_before" : calendar.mode === "months" ? "fields.year_before" : "fields.years_before")
                enabled: calendar.can(-1)
                onTapped: calendar.turn(-1)
            }
            Row {
                anchors.centerIn: parent
                spacing: Theme.apart

                Repeater {
                    model: W.language === "en" ? ["month", "year"] : ["year", "month"]
                    delegate: Tap {
                        id: title
                        required property string modelData
                        readonly property bool open: calendar.mode === modelData + "s"
                        objectName: "title:" + calendar.name + ":" + modelData
                        name: said.text
                        visible: calendar.free === null
                        width: said.implicitWidth + arrow.width + Theme.unit * 4
                        height: Theme.button
                        onTapped: calendar.open(modelData + "s")

                        Rectangle {
                            anchors.fill: parent
                            radius: Theme.radius
                            color: title.open || title.pressed ? Theme.brandTint : Theme.surface
                            border.width: Theme.hair * (title.open ? 2 : 1)
                            border.color: title.open ? Theme.brand : Theme.edge
                        }
                        Words {
                            id: said
                            x: Theme.unit * 2
                            anchors.verticalCenter: parent.verticalCenter
                            text: title.modelData === "year" ? W.t("fields.year", { year: calendar.year }) : W.t("fields.month." + calendar.month)
                            bold: true
                            font.pixelSize: Theme.lead
                            lineHeight: 1
                            Accessible.ignored: true
                        }
                        Icon {
                            id: arrow
                            anchors.left: said.right
                            anchors.verticalCenter: parent.verticalCenter
                            name: title.open ? "menu-up" : "menu-down"
                            size: Theme.lead
                        }
                    }
                }
            }
            Words {
                objectName: "month:" + calendar.name
                anchors.centerIn: parent
                visible: calendar.free !== null
                text: W.t("fields.year_month", {
                    year: calendar.year,
                    month: W.t("fields.month." + calendar.month)
                })
                bold: true
                font.pixelSize: Theme.heading
                lineHeight: 1
            }
            StepButton {
                objectName: "plus:" + calendar.name
                anchors.right: parent.right
                icon: "chevron-right"
                name: W.t(calendar.mode === "days" ? "fields.month_after" : calendar.mode === "months" ? "fields.year_after" : "fields.years_after")
                enabled: calendar.can(1)
                onTapped: calendar.turn(1)
            }
        }

        Grid {
            id: week
            width: parent.width
            visible: calendar.mode === "days"
            columns: 7
            columnSpacing: Theme.apart
            rowSpacing: Theme.apart
            readonly property real cellWidth: (width - 6 * columnSpacing) / 7

            Repeater {
                model: 7
                delegate: Words {
                    required property int index
                    width: week.cellWidth
                    text: W.t("fields.weekday.short." + (index + 1))
                    color: Theme.inkSoft
                    horizontalAlignment: Text.AlignHCenter
                    lineHeight: 0.92
                }
            }
            Repeater {
                model: calendar.mode === "days" ? calendar.days : []
                delegate: Item {
                    id: place
                    required property string modelData
                    width: week.cellWidth
                    height: Math.max(Theme.target, day.implicitHeight)

                    Cell {
                        id: day
                        readonly property bool offered: calendar.free === null || calendar.free[place.modelData] !== undefined
                        objectName: "day:" + calendar.name + ":" + place.modelData
                        anchors.fill: parent
                        visible: place.modelData !== ""
                        enabled: place.modelData >= calendar.earliest && place.modelData <= calendar.latest && offered
                        text: String(Number(place.modelData.slice(8)))
                        detail: calendar.free !== null ? calendar.free[place.modelData] || " " : ""
                        chosen: place.modelData !== "" && calendar.chosen === place.modelData
                        today: calendar.today === place.modelData
                        onTapped: calendar.picked(place.modelData)
                    }
                }
            }
        }
        Grid {
            id: months
            width: parent.width
            visible: calendar.mode === "months"
            columns: Theme.portrait ? 4 : 6
            spacing: Theme.apart

            Repeater {
                model: calendar.mode === "months" ? 12 : 0
                delegate: Cell {
                    required property int index
                    objectName: "month:" + calendar.name + ":" + (index + 1)
                    width: (months.width - (months.columns - 1) * months.spacing) / months.columns
                    height: Math.max(Theme.button, implicitHeight)
                    enabled: calendar.holds(calendar.year, index + 1)
                    text: W.t("fields.month." + (index + 1))
                    chosen: calendar.month === index + 1
                    onTapped: {
                        calendar.stay();
                        calendar.month = index + 1;
                        calendar.mode = "days";
                    }
                }
            }
        }
        Grid {
            id: years
            width: parent.width
            visible: calendar.mode === "years"
            columns: 5
            spacing: Theme.apart

            Repeater {
                model: calendar.mode === "years" ? calendar.shownYears : 0
                delegate: Cell {
                    required property int index
                    readonly property int year: calendar.page + index
                    objectName: "year:" + calendar.name + ":" + year
                    width: (years.width - (years.columns - 1) * years.spacing) / years.columns
                    height: Math.max(Theme.button, implicitHeight)
                    enabled: year >= calendar.firstYear && year <= calendar.lastYear
                    text: String(year)
                    chosen: calendar.year === year
                    onTapped: {
                        calendar.stay();
                        calendar.year = year;
                        calendar.mode = "months"; // who picks a year has the month still to say
                    }
                }
            }
        }
    }
}
