// Seeing, hearing, reaching: everything a person may need is here at once, takes effect at once, and is gone after the visit.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Sheet {
    id: access

    property var languages: []
    signal closed
    signal languageWanted(string language)
    signal usualWanted
    signal louder(int steps)

    icon: "eye-settings-outline"
    title: W.t("access.title")
    actions: [
        SecondaryButton {
            objectName: "access:usual"
            text: W.t("access.usual")
            onTapped: access.usualWanted()
        },
        PrimaryButton {
            objectName: "access:close"
            text: W.t("access.close")
            icon: "check"
            onTapped: access.closed()
        }
    ]

    Flow {
        id: ways
        width: access.inner
        spacing: Theme.gap
        readonly property int columns: Theme.portrait || Theme.level > 1 ? 2 : 3
        readonly property real cell: Math.floor((width - (columns - 1) * spacing) / columns)
        readonly property real tallest: {
            let height = 0;
            for (let place = 0; place < switches.count; place++)
                height = Math.max(height, switches.itemAt(place)?.implicitHeight ?? 0);
            return height;
        }
        Repeater {
            id: switches
            // What belongs to the reader is there with it.
            model: ["care", "contrast", "low", "voice", "reader", ...(Theme.reader ? ["blank", "personal", ...(Theme.headphones ? ["room"] : [])] : [])]
            OptionButton {
                id: one
                required property string modelData
                required property int index
                objectName: "access:" + modelData
                many: true
                width: index === switches.count - 1 ? ways.width - index % ways.columns * (ways.cell + ways.spacing) : ways.cell // the last fills the row
                height: ways.tallest
                label: W.t("access." + modelData)
                chosen: Theme[modelData]
                onTapped: {
                    const chosen = one.modelData;
                    Theme[chosen] = !Theme[chosen];
                    if (chosen === "care" || chosen === "reader")
                        Theme.voice = Theme[chosen];
                    if (chosen === "reader") {
                        Theme.pad = Theme.reader; // who comes here by touch has no other keys
                        if (!Theme.reader)
                            Theme.blank = Theme.personal = Theme.room = false;
                    }
                }
                Words {
                    width: parent.width
                    text: W.t("access." + one.modelData + ".text")
                    font.pixelSize: Theme.small
                    color: Theme.inkSoft
                    lineHeight: 0.92
                    Accessible.ignored: true
                }
            }
        }
    }
    Words {
        width: access.inner
        text: W.t("volume.title")
        bold: true
        font.pixelSize: Theme.lead
        lineHeight: 1
    }
    Row {
        id: volume
        spacing: Theme.gap
        readonly property real cell: (access.inner - spacing) / 2
        SecondaryButton {
            objectName: "volume:down"
            width: volume.cell
            text: W.t("volume.down")
            icon: "volume-minus"
            onTapped: access.louder(-1)
        }
        SecondaryButton {
            objectName: "volume:up"
            width: volume.cell
            text: W.t("volume.up")
            icon: "volume-plus"
            onTapped: access.louder(1)
        }
    }
    Words {
        width: access.inner
        text: W.t("access.size")
        bold: true
        font.pixelSize: Theme.lead
        lineHeight: 1
    }
    Picks {
        width: access.inner
        prefix: "size:"
        picks: Theme.sizes.map((_, size) => ({ id: String(size), text: W.t("access.size." + size) })).slice(Theme.care ? 2 : 0) // care mode is never small
        chosen: String(Theme.level)
        onPicked: id => Theme.size = Number(id)
    }
    Words {
        width: access.inner
        text: W.t("access.language")
        bold: true
        font.pixelSize: Theme.lead
        lineHeight: 1
    }
    Picks {
        width: access.inner
        prefix: "language:"
        picks: access.languages.map(language => ({ id: language, text: W.t("lang." + language) }))
        chosen: W.language
        onPicked: id => access.languageWanted(id)
    }
}
