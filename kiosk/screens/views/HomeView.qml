// Search, the three doors 查 / 办 / 问, life events, departments; all services where they are few.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import "../parts/find.mjs" as Find

Scene {
    id: screen

    readonly property string query: search.text.trim()
    readonly property var all: (view.items || []).map(item => ({ item: item, title: W.of(item.title), search: item.search || "" }))
    readonly property var found: query === "" ? [] : Find.found(all, query).map(one => one.item)
    readonly property bool wishes: (view.items || []).some(item => item.id === "wish-service" && item.available !== false)
    readonly property bool few: (view.items || []).length <= 8
    readonly property int across: Theme.care || W.language === "en" ? 2 : 3

    Page {
        id: page
        anchors.fill: parent
        asideStays: true
        title: W.t("home.title")
        bias: Theme.portrait ? 0.5 : 0
        asideWidth: 0.4
        aside: [
            SearchField {
                id: search
                width: parent.width
                hint: W.t("search.hint")
            },
            Row {
                id: doors
                width: parent.width
                visible: !page.typing && screen.query === ""
                spacing: Theme.unit * 2
                readonly property real tallest: {
                    let height = Theme.unit * (page.cramped ? 29 : 33);
                    for (let place = 0; place < three.count; place++)
                        height = Math.max(height, three.itemAt(place)?.implicitHeight ?? 0);
                    return height;
                }
                Repeater {
                    id: three
                    model: [["look_up", "file-search-outline"], ["get_done", "file-check-outline"], ["ask", "account-question-outline"]]
                    TileButton {
                        id: door
                        required property var modelData
                        objectName: "shelf:" + modelData[0]
                        width: (doors.width - doors.spacing * 2) / 3
                        height: doors.tallest
                        tall: true
                        strong: true
                        icon: modelData[1]
                        text: W.t("home.door." + modelData[0])
                        detail: page.cramped ? "" : W.t("home.door." + modelData[0] + ".detail")
                        onTapped: screen.answered({ shelf: door.modelData[0] })
                    }
                }
            },
            Notice { // once, where a visit begins: who hears Mandarin under 闽南语 shall not take it for a mistake of their own
                objectName: "mandarin"
                width: parent.width
                size: Theme.small
                text: screen.view.mandarin && W.language === "nan" && Theme.voice && !page.typing && screen.query === "" ? W.t("voice.mandarin") : ""
            },
            Notice {
                width: parent.width
                kind: "warn"
                size: Theme.small
                text: screen.view.demo && !page.typing && screen.query === "" ? W.t("demo.notice") : ""
            }
        ]

        Words {
            width: parent.width
            visible: screen.query !== ""
            text: screen.found.length > 0 ? W.t("search.found", { count: screen.found.length }) : W.t("search.none")
            font.pixelSize: Theme.lead
            color: Theme.inkSoft
        }
        ItemList {
            width: parent.width
            items: screen.found
            onChosen: id => screen.answered({ item: id })
        }

        SecondaryButton {
            objectName: "wish"
            width: parent.width
            visible: screen.query !== "" && screen.wishes
            text: W.t("search.wish")
            icon: "star-outline"
            onTapped: screen.answered({ item: "wish-service" })
        }

        Column {
            width: parent.width
            visible: screen.query === "" && screen.few
            spacing: Theme.unit * 2
            Words {
                width: parent.width
                text: W.t("home.all")
                bold: true
                font.pixelSize: Theme.lead
                lineHeight: 0.92
            }
            ItemList {
                width: parent.width
                items: screen.few ? screen.view.items || [] : []
                onChosen: id => screen.answered({ item: id })
            }
        }
        Section {
            width: parent.width
            visible: screen.query === "" && tiles.length > 0
            title: W.t("home.life_events")
            tiles: screen.view.life_events || []
            prefix: "life:"
            columns: screen.across
            onChosen: shelf => screen.answered({ shelf: shelf })
        }
        Section {
            width: parent.width
            visible: screen.query === "" && tiles.length > 0 && !Theme.care // fewer choices: behind the doors stands everything
            title: W.t("home.departments")
            tiles: screen.view.departments || []
            prefix: "department:"
            columns: screen.across
            onChosen: shelf => screen.answered({ shelf: shelf })
        }
    }
}
