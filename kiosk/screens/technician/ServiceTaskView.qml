// One thing a technician does now: what to do in large type, the camera's picture with its numbers, a yes or no, and what came of it.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    readonly property bool asked: view.state === "asked"
    readonly property bool done: view.state === "done"
    readonly property var shape: view.shape || [0, 0]
    readonly property var face: view.face || [0, 0, 0, 0]
    readonly property var numbers: screen.done ? screen.view.facts || [] : screen.view.numbers || []
    readonly property bool apart: page.beside && !page.cramped && shape[0] > 0 // both are looked at: the numbers stand beside the picture
    readonly property var lines: view.dead_zones ? view.dead_zones.split("\n") : []

    Page {
        id: page
        anchors.fill: parent
        asideStays: true
        asideWidth: 0.4
        bias: 0.2
        title: W.of(screen.view.title)
        aside: [
            Lamp {
                lamp: screen.view.lamp || null
                size: Theme.lead
            },
            Repeater {
                model: screen.view.earlier || []
                Words {
                    required property var modelData
                    width: parent ? parent.width : 0
                    text: W.of(modelData)
                    color: Theme.inkSoft
                }
            },
            Words {
                width: parent ? parent.width : 0
                text: W.of(screen.view.text)
                bold: !screen.done
                font.pixelSize: screen.done ? Theme.lead : Theme.heading
            },
            Rows {
                width: parent ? parent.width : 0
                rows: screen.apart ? screen.numbers : []
                share: 0.5
            },
            Dots {
                visible: screen.view.state === "running" || screen.view.state === "working"
            }
        ]
        actions: [
            SecondaryButton {
                objectName: "skip"
                visible: screen.asked || screen.view.state === "running"
                text: W.t("service.skip")
                icon: "skip-next"
                onTapped: screen.answered({ answer: "skip" })
            },
            SecondaryButton {
                objectName: "no"
                visible: screen.asked
                text: W.t("service.no")
                icon: "close"
                onTapped: screen.answered({ answer: "no" })
            },
            PrimaryButton {
                objectName: "yes"
                visible: screen.asked
                text: W.t("service.yes")
                icon: "check"
                onTapped: screen.answered({ answer: "yes" })
            },
            SecondaryButton {
                objectName: "again"
                visible: screen.done && screen.view.again === true
                text: W.t("service.test_again")
                icon: "refresh"
                onTapped: screen.answered({ again: "yes" })
            },
            PrimaryButton {
                objectName: "done"
                visible: screen.done
                text: W.t("service.go_on")
                icon: "check"
                onTapped: screen.answered({})
            }
        ]

        Item {
            width: parent.width
            visible: screen.shape[0] > 0
            implicitHeight: visible ? preview.height : 0

            CameraPreview {
                id: preview
                readonly property real ratio: screen.shape[0] > 0 ? screen.shape[1] / screen.shape[0] : 0.75
                objectName: "preview"
                whole: true
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.floor(Math.min(parent.width, Theme.unit * (Theme.portrait ? 80 : screen.apart ? 60 : 44) / ratio))
                height: Math.floor(width * ratio)

                Rectangle {
                    objectName: "face"
                    visible: screen.face[2] > screen.face[0]
                    readonly property real per: screen.shape[0] > 0 ? preview.width / screen.shape[0] : 0
                    x: preview.width - screen.face[2] * per // as in a mirror
                    y: screen.face[1] * per
                    width: (screen.face[2] - screen.face[0]) * per
                    height: (screen.face[3] - screen.face[1]) * per
                    color: "transparent"
                    border.color: Theme.focus
                    border.width: Theme.hair * 3
                }
            }
        }
        Rows {
            width: parent.width
            rows: screen.apart ? [] : screen.numbers
        }
        Column {
            objectName: "map"
            anchors.horizontalCenter: parent.horizontalCenter
            visible: screen.lines.length > 0
            spacing: Theme.hair
            Repeater {
                model: screen.lines
                Row {
                    id: line
                    required property string modelData
                    spacing: Theme.hair
                    Repeater {
                        model: line.modelData.split("")
                        Rectangle {
                            required property string modelData
                            width: Theme.unit * 3
                            height: Theme.unit * (Theme.portrait ? 3.2 : 1.8)
                            color: modelData === "█" ? Theme.bad : Theme.goodTint
                            border.width: Theme.hair
                            border.color: modelData === "█" ? Theme.bad : Theme.good
                            Icon {
                                anchors.centerIn: parent
                                visible: parent.modelData === "█"
                                name: "close"
                                size: Theme.unit * 2
                                color: Theme.brandInk
                            }
                        }
                    }
                }
            }
        }
    }
}
