// A technician's first look: the verdict, every device with its lamp, what is not well, and the ways on.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        asideWidth: 0.3
        asideStays: true
        bias: 0
        title: W.t("service.title")
        aside: [
            Lamp {
                width: parent ? parent.width : 0
                lamp: screen.view.verdict || null
            },
            Words {
                width: parent ? parent.width : 0
                text: W.t("service.who", { technician: screen.view.technician || "" }) + "　" + W.of(screen.view.offer)
                font.pixelSize: Theme.small
                color: Theme.inkSoft
            }
        ]
        actions: [
            SecondaryButton {
                objectName: "open:again"
                enabled: !screen.view.looking
                size: Theme.body
                text: W.t(screen.view.looking ? "service.looking.short" : "service.again")
                icon: "refresh"
                onTapped: screen.answered({ open: "again" })
            },
            SecondaryButton {
                objectName: "open:daily"
                size: Theme.body
                text: W.t("daily.short")
                icon: "clipboard-check-outline"
                onTapped: screen.answered({ open: "daily" })
            },
            SecondaryButton {
                objectName: "open:papers"
                size: Theme.body
                text: W.t("service.papers")
                icon: "printer"
                onTapped: screen.answered({ open: "papers" })
            },
            SecondaryButton {
                objectName: "open:checks"
                size: Theme.body
                text: W.t("service.checks")
                icon: "lan-check"
                onTapped: screen.answered({ open: "checks" })
            }
        ]

        Column {
            width: parent.width
            spacing: Theme.apart
            Repeater {
                model: screen.view.devices || []
                Tap {
                    id: device
                    required property var modelData
                    objectName: "device:" + modelData.role
                    width: parent.width
                    name: W.of(modelData.name) + " " + W.of(modelData.lamp.word)
                    implicitHeight: Math.max(Theme.target, words.implicitHeight + Theme.unit * 2.5)
                    onTapped: screen.answered({ device: device.modelData.role })

                    Card {
                        anchors.fill: parent
                        color: device.pressed ? Theme.brandTint : Theme.surface
                        border.color: device.modelData.lamp.level === "bad" ? Theme.bad : Theme.edge
                    }
                    Icon {
                        id: sign
                        x: Theme.unit * 2
                        anchors.verticalCenter: parent.verticalCenter
                        name: device.modelData.icon
                        size: Theme.unit * 5
                    }
                    Column {
                        id: words
                        anchors.left: sign.right
                        anchors.leftMargin: Theme.gap
                        anchors.right: lamp.left
                        anchors.rightMargin: Theme.gap
                        anchors.verticalCenter: parent.verticalCenter
                        Words {
                            width: parent.width
                            text: W.titled(device.modelData.name)
                            bold: true
                            lineHeight: 0.92
                        }
                        Words {
                            width: parent.width
                            visible: text !== ""
                            text: W.of(device.modelData.detail)
                            font.pixelSize: Theme.small
                            color: device.modelData.lamp.level === "bad" ? Theme.bad : Theme.warn
                            lineHeight: 0.92
                        }
                        Words {
                            width: parent.width
                            text: [...(device.modelData.supplies || []), device.modelData.tested].map(one => W.of(one)).filter(one => one !== "").join("　")
                            font.pixelSize: Theme.small
                            color: Theme.inkSoft
                            lineHeight: 0.92
                        }
                    }
                    Lamp {
                        id: lamp
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.unit * 2
                        anchors.verticalCenter: parent.verticalCenter
                        width: Math.min(implicitWidth, device.width * 0.36)
                        lamp: device.modelData.lamp
                        size: Theme.small
                    }
                }
            }
            Words {
                width: parent.width
                visible: W.of(screen.view.checked) !== ""
                text: W.t("service.checks") + "　" + W.of(screen.view.checked)
                bold: true
            }
            Card {
                width: parent.width
                visible: (screen.view.checks || []).length > 0
                implicitHeight: rows.implicitHeight + Theme.unit * 2
                Column {
                    id: rows
                    x: Theme.unit * 2
                    y: Theme.unit
                    width: parent.width - Theme.unit * 4
                    Repeater {
                        model: screen.view.checks || []
                        CheckRow {
                            required property var modelData
                            width: rows.width
                            check: modelData
                        }
                    }
                }
            }
        }
    }
}
