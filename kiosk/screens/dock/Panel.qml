// One part of the world: its name and what is wrong with it now; opened, its levers by section and what came out of it.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Card {
    id: panel

    property var part: ({}) // kiosk.world.panel
    property var now: ({})
    property var people: []
    property var sheets: []
    property string filter
    property bool open: false
    property bool all: false // what is rare, too
    readonly property string title: Labels.of("lever." + part.kind, part.role, {})
    readonly property bool hit: filter !== "" && Labels.fits("lever." + part.kind, part.role, filter)
    readonly property bool found: filter === "" || hit || part.sections.some(section => matches(section))
    readonly property bool shown: open || filter !== ""
    readonly property var news: Object.keys(now).filter(fact => fact !== "gone" && !part.facts.includes(fact) && !fact.includes(":"))
    signal pulled(string lever, string value)
    signal typing(bool on)
    signal enlarged(string source)

    function matches(section): bool {
        return Labels.fits(section.title, section.lever, filter) || section.chips.some(chip => Labels.fits(chip.words, chip.raw, filter)) || section.parameters.some(one => one.options.some(option => Labels.fits(section.title + "." + option, option, filter)));
    }

    // What is not as it should be, in a few words for the closed panel.
    function standing(): string {
        const said = [];
        for (const section of part.sections) {
            for (const chip of section.chips)
                if (chip.fact !== "" && chip.so !== "" && now[chip.fact] === chip.so)
                    said.push(Labels.of(chip.words, chip.raw, {}));
            if (section.form === "people" && section.fact in now)
                said.push(...people.filter(one => one.id === now[section.fact]).map(one => one.name));
            for (const fact in now)
                if (section.form === "many" && section.fact !== "" && fact.startsWith(section.fact + ":"))
                    said.push(Labels.of(section.title + "." + fact.slice(section.fact.length + 1), fact, {}));
        }
        return said.filter((one, at) => said.indexOf(one) === at).join(" · ");
    }

    visible: found
    implicitHeight: header.height + (shown ? inside.implicitHeight + Theme.gap : 0)
    clip: true

    Tap {
        id: header
        objectName: "panel:" + panel.part.role
        width: parent.width
        height: Theme.target
        name: panel.title
        onTapped: panel.open = !panel.open

        Icon {
            id: sign
            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            name: panel.part.icon
            size: Theme.lead
        }
        Words {
            id: title
            anchors.left: sign.right
            anchors.leftMargin: Theme.unit
            anchors.verticalCenter: parent.verticalCenter
            text: panel.title
            bold: true
            lineHeight: 1
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
        Words {
            objectName: "stands:" + panel.part.role
            anchors.left: title.right
            anchors.leftMargin: Theme.gap
            anchors.right: arrow.left
            anchors.rightMargin: Theme.unit
            anchors.verticalCenter: parent.verticalCenter
            text: panel.standing()
            font.pixelSize: Theme.small
            color: Theme.warn
            lineHeight: 1
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignRight
        }
        Icon {
            id: arrow
            anchors.right: parent.right
            anchors.rightMargin: Theme.unit
            anchors.verticalCenter: parent.verticalCenter
            name: panel.shown ? "chevron-up" : "chevron-down"
            size: Theme.lead
            color: Theme.inkSoft
        }
    }

    Column {
        id: inside
        x: Theme.gap
        y: header.height
        width: panel.width - 2 * Theme.gap
        visible: panel.shown
        spacing: Theme.unit * 1.5

        Repeater {
            model: panel.news
            Words {
                required property string modelData
                width: inside.width
                text: Labels.of("lever." + panel.part.kind + ".is." + modelData, modelData + ": {so}", {}).replace("{so}", panel.now[modelData] ?? "")
                bold: true
                lineHeight: 1
            }
        }
        Repeater {
            model: panel.shown ? panel.part.sections : []
            Column {
                id: section
                required property var modelData
                readonly property bool whole: panel.hit || Labels.fits(modelData.title, modelData.lever, panel.filter)
                width: inside.width
                spacing: Theme.unit
                readonly property bool bare: modelData.form === "entry" && modelData.chips.length === 0
                visible: (whole || panel.matches(modelData)) && (!modelData.rare || panel.all || panel.filter !== "")

                Words {
                    width: parent.width
                    visible: section.modelData.title !== "" && !section.bare
                    text: Labels.of(section.modelData.title, section.modelData.lever, {})
                    font.pixelSize: Theme.small
                    color: Theme.inkSoft
                    lineHeight: 1
                }
                People {
                    width: parent.width
                    visible: section.modelData.form === "people"
                    role: panel.part.role
                    lever: section.modelData.lever
                    back: section.modelData.back
                    model: visible ? panel.people : []
                    chosen: panel.now[section.modelData.fact] ?? ""
                    onPulled: (lever, value) => panel.pulled(lever, value)
                }
                Chips {
                    width: parent.width
                    visible: section.modelData.chips.length > 0
                    role: panel.part.role
                    model: section.modelData.chips
                    now: panel.now
                    filter: section.whole ? "" : panel.filter
                    onPulled: (lever, value) => panel.pulled(lever, value)
                }
                Entry {
                    width: parent.width
                    visible: section.modelData.form === "entry"
                    name: panel.part.role + "." + section.modelData.lever
                    text: Labels.of(section.modelData.title + ".hint", section.bare ? Labels.of(section.modelData.title, section.modelData.lever, {}) : W.t("dock.other"), {})
                    number: section.modelData.number
                    onGiven: value => panel.pulled(section.modelData.lever, value)
                    onTyping: on => panel.typing(on)
                }
                Loader {
                    width: parent.width
                    active: section.modelData.form === "many"
                    visible: active
                    sourceComponent: Many {
                        role: panel.part.role
                        section: section.modelData
                        now: panel.now
                        people: panel.people
                        onPulled: (lever, value) => panel.pulled(lever, value)
                        onTyping: on => panel.typing(on)
                    }
                }
            }
        }
        Switch {
            objectName: "more:" + panel.part.role
            visible: panel.filter === "" && panel.part.sections.some(section => section.rare)
            text: W.t(panel.all ? "dock.less" : "dock.more")
            icon: panel.all ? "chevron-up" : "chevron-down"
            onTapped: panel.all = !panel.all
        }
        Papers {
            width: inside.width
            visible: panel.part.paper && panel.filter === ""
            kind: panel.part.role
            sheets: panel.sheets
            onEnlarged: source => panel.enlarged(source)
        }
    }
}
