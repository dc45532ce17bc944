// The guide to a service: its steps on this machine, numbered and with a picture each; facts; questions; to print and to scan.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    readonly property var steps: view.steps || []

    Page {
        anchors.fill: parent
        passive: true
        icon: screen.view.icon || ""
        title: W.of(screen.view.title)
        lead: W.of(screen.view.about)
        bias: 0
        actions: [
            SecondaryButton {
                objectName: "print"
                visible: screen.view.printable !== false
                text: W.t("guide.take")
                icon: "printer"
                onTapped: screen.answered({ print: "yes" })
            },
            PrimaryButton {
                objectName: "begin"
                enabled: screen.view.available !== false
                text: W.t(screen.view.available !== false ? "guide.begin" : "item.closed")
                icon: screen.view.available !== false ? "arrow-right" : "clock-outline"
                iconLast: screen.view.available !== false
                onTapped: screen.answered({})
            }
        ]
        aside: Notice {
            width: parent.width
            kind: "good"
            text: W.of(screen.view.note || "")
        }

        Words {
            width: parent.width
            text: W.t("guide.steps", { count: screen.steps.length })
            bold: true
            font.pixelSize: Theme.heading
            lineHeight: 1
        }
        Repeater {
            model: screen.steps
            Card {
                id: step
                required property var modelData
                required property int index
                objectName: "step:" + modelData.id
                width: parent ? parent.width : 0
                height: Math.max(Theme.unit * 11, said.implicitHeight + Theme.unit * 4)

                Rectangle {
                    id: number
                    x: Theme.unit * 3
                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.max(Theme.unit * 6, figure.implicitHeight + Theme.unit)
                    height: width
                    radius: width / 2
                    color: Theme.brand
                    Words {
                        id: figure
                        anchors.centerIn: parent
                        text: String(step.index + 1)
                        bold: true
                        color: Theme.brandInk
                        lineHeight: 1
                    }
                }
                Icon {
                    id: sign
                    anchors.left: number.right
                    anchors.leftMargin: Theme.unit * 3
                    anchors.verticalCenter: parent.verticalCenter
                    name: step.modelData.icon
                    size: Theme.unit * 6
                    color: Theme.brandDeep
                }
                Words {
                    id: said
                    anchors.left: sign.right
                    anchors.leftMargin: Theme.unit * 3
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.unit * 3
                    anchors.verticalCenter: parent.verticalCenter
                    text: W.of(step.modelData.title)
                    font.pixelSize: Theme.lead
                    lineHeight: 1
                }
            }
        }
        Words {
            width: parent.width
            text: W.t("guide.facts")
            bold: true
            font.pixelSize: Theme.heading
            lineHeight: 1
        }
        Rows {
            width: parent.width
            rows: screen.view.facts || []
        }
        Words {
            width: parent.width
            text: W.t("guide.questions")
            bold: true
            font.pixelSize: Theme.heading
            lineHeight: 1
        }
        Repeater {
            model: screen.view.questions || []
            Column {
                id: one
                required property var modelData
                width: parent ? parent.width : 0
                spacing: Theme.unit
                Words {
                    width: parent.width
                    text: W.of(one.modelData[0])
                    bold: true
                    lineHeight: 1
                }
                Words {
                    width: parent.width
                    text: W.of(one.modelData[1])
                    color: Theme.inkSoft
                }
            }
        }
        Card {
            width: parent.width
            height: Theme.unit * 34
            QrCode {
                id: code
                objectName: "qr"
                x: Theme.unit * 3
                anchors.verticalCenter: parent.verticalCenter
                width: parent.height - Theme.unit * 6
                height: width
                text: W.of(screen.view.qr || "")
            }
            Words {
                anchors.left: code.right
                anchors.leftMargin: Theme.unit * 4
                anchors.right: parent.right
                anchors.rightMargin: Theme.unit * 4
                anchors.verticalCenter: parent.verticalCenter
                text: W.t("guide.qr.caption")
                font.pixelSize: Theme.lead
            }
        }
    }
}
