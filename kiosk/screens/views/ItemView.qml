// What it does, what to bring, fee, how long, hours, whose service, on which law: all before anything is asked of anybody.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool available: view.available !== false
    readonly property bool roomy: Theme.portrait && !Theme.care // for three places above what scrolls
    readonly property var rows: [["item.fee", view.fee], ["item.takes", view.takes], ["item.holders", view.holders], ["guide.age", view.age], ["item.identity", view.identity], ["item.hours", view.hours], ["item.unit", view.unit], ["item.law", view.law]]

    Page {
        anchors.fill: parent
        passive: true
        icon: screen.view.icon || ""
        title: W.of(screen.view.title)
        lead: W.of(screen.view.about)
        bias: Theme.portrait ? 0.2 : 0.3
        actions: [
            SecondaryButton {
                objectName: "guide"
                text: W.t("guide.open")
                icon: "file-search-outline"
                onTapped: screen.answered({ guide: "yes" })
            },
            PrimaryButton {
                objectName: "begin"
                enabled: screen.available
                text: W.t(screen.available ? "item.begin" : "item.closed")
                icon: screen.available ? "arrow-right" : "clock-outline"
                iconLast: screen.available
                onTapped: screen.answered({})
            }
        ]
        aside: [
            Notice {
                width: parent.width
                kind: "warn"
                icon: "clock-alert-outline"
                text: screen.available ? "" : W.of(screen.view.why)
            },
            Places {
                width: parent.width
                visible: screen.roomy && !screen.available
                places: visible ? screen.view.where || [] : []
            },
            Card {
                width: parent.width
                visible: (screen.view.bring || []).length > 0
                height: bring.implicitHeight + Theme.unit * 6
                Column {
                    id: bring
                    x: Theme.unit * 4
                    y: Theme.unit * 3
                    width: parent.width - Theme.unit * 8
                    spacing: Theme.unit * 1.5
                    Words {
                        text: W.t("item.bring")
                        color: Theme.inkSoft
                    }
                    Repeater {
                        model: screen.view.bring || []
                        Row {
                            id: thing
                            required property var modelData
                            spacing: Theme.unit * 2
                            Icon {
                                anchors.verticalCenter: parent.verticalCenter
                                name: "check-circle"
                                size: Theme.heading
                                color: Theme.good
                            }
                            Words {
                                anchors.verticalCenter: parent.verticalCenter
                                width: bring.width - Theme.heading - Theme.unit * 2
                                text: W.of(thing.modelData)
                                bold: true
                                font.pixelSize: Theme.lead
                                lineHeight: 0.92
                            }
                        }
                    }
                }
            }
        ]

        Places {
            width: parent.width
            visible: !screen.roomy && !screen.available
            places: visible ? screen.view.where || [] : []
        }
        Rows {
            width: parent.width
            rows: screen.rows.filter(row => W.of(row[1]) !== "").map(row => [{ key: row[0], args: {} }, row[1]])
        }
    }
}
