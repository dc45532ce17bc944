// One device for a technician: how it is and what helps, its tests, supplies, last faults, results, and who it is.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        asideWidth: 0.34
        asideStays: true
        bias: 0
        title: W.titled(screen.view.name)
        aside: [
            Lamp {
                lamp: screen.view.lamp || null
            },
            Notice {
                width: parent ? parent.width : 0
                kind: screen.view.lamp && screen.view.lamp.level === "bad" ? "bad" : "warn"
                text: [W.of(screen.view.detail), W.of(screen.view.remedy)].filter(one => one !== "").join("\n")
            }
        ]

        Column {
            width: parent.width
            spacing: Theme.unit * 3

            Repeater {
                model: screen.view.tests || []
                SecondaryButton {
                    id: test
                    required property var modelData
                    objectName: "test:" + modelData.id
                    width: parent.width
                    text: W.t("service.test", { test: modelData.title })
                    icon: "play-circle-outline"
                    onTapped: screen.answered({ test: test.modelData.id })
                }
            }
            Repeater {
                model: screen.view.results || []
                Item {
                    id: result
                    required property var modelData
                    width: parent.width
                    implicitHeight: Math.max(outcome.height, said.height)
                    Lamp {
                        id: outcome
                        width: Theme.small * 6.5
                        lamp: result.modelData[0]
                        size: Theme.small
                    }
                    Words {
                        id: said
                        anchors.left: outcome.right
                        anchors.leftMargin: Theme.gap
                        anchors.right: parent.right
                        text: W.of(result.modelData[1])
                        font.pixelSize: Theme.small
                    }
                }
            }
            Repeater {
                model: screen.view.supplies || []
                Item {
                    id: supply
                    required property var modelData
                    width: parent.width
                    implicitHeight: Math.max(replaced.implicitHeight, left.implicitHeight)
                    Words {
                        id: left
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - replaced.width - Theme.gap
                        text: W.of(supply.modelData.title)
                    }
                    SecondaryButton {
                        id: replaced
                        objectName: "replaced:" + supply.modelData.id
                        anchors.right: parent.right
                        width: Math.max(Theme.unit * 34, parent.width * 0.36)
                        size: Theme.body
                        text: W.t("service.replaced")
                        icon: "autorenew"
                        onTapped: screen.answered({ replaced: supply.modelData.id })
                    }
                }
            }
            Words {
                visible: (screen.view.troubles || []).length > 0
                text: W.t("service.troubles")
                bold: true
            }
            Repeater {
                model: screen.view.troubles || []
                Column {
                    id: trouble
                    required property var modelData
                    width: parent.width
                    Words {
                        width: parent.width
                        text: W.of(trouble.modelData[0])
                        lineHeight: 0.92
                    }
                    Words {
                        width: parent.width
                        text: W.of(trouble.modelData[1])
                        font.pixelSize: Theme.small
                        color: Theme.inkSoft
                        lineHeight: 0.92
                    }
                }
            }
            Rows {
                width: parent.width
                rows: screen.view.facts || []
            }
        }
    }
}
