// Nobody is here: who I am, what I do, and one thing to press. The whole glass answers to a touch.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Tap {
        objectName: "start"
        anchors.fill: parent
        name: W.t("attract.start")
        onTapped: screen.answered({})

        Column {
            id: words
            x: Theme.margin
            y: Theme.portrait ? Math.max(Theme.unit * 4, (call.y - height) * 0.45) : Math.max(Theme.unit * 4, (parent.height - height) * 0.4)
            width: Theme.portrait ? parent.width - 2 * Theme.margin : parent.width * 0.5
            spacing: Theme.unit * 4

            Words {
                width: parent.width
                text: W.t("attract.title")
                bold: true
                font.pixelSize: Theme.display * (Theme.portrait ? 1.15 : 1)
                lineHeight: 0.92
                color: Theme.brand
            }
            Words {
                width: parent.width
                text: screen.view.items > 0 ? W.t("attract.lead_items", { items: screen.view.items }) : W.t("attract.lead")
                font.pixelSize: Theme.heading
                color: Theme.inkSoft
            }
            Column {
                width: parent.width
                topPadding: Theme.unit * (Theme.portrait ? 6 : 2)
                spacing: Theme.unit * (Theme.portrait ? 5 : 3)
                Repeater {
                    model: [["clock-outline", "attract.always"], ["card-account-details-outline", "attract.bring"], ["account-heart-outline", "attract.helper"]]
                    Row {
                        id: promise
                        required property var modelData
                        spacing: Theme.unit * 3
                        Rectangle {
                            width: Theme.unit * 10
                            height: width
                            radius: Theme.radius
                            color: Theme.brandTint
                            Icon {
                                anchors.centerIn: parent
                                name: promise.modelData[0]
                                size: Theme.unit * 6
                            }
                        }
                        Words {
                            anchors.verticalCenter: parent.verticalCenter
                            width: words.width - Theme.unit * 13
                            text: W.t(promise.modelData[1])
                            font.pixelSize: Theme.lead
                        }
                    }
                }
            }
        }

        Rectangle {
            id: call
            x: Theme.portrait ? Theme.margin : parent.width * 0.58
            width: Theme.portrait ? parent.width - 2 * Theme.margin : parent.width * 0.42 - Theme.margin
            height: Theme.portrait ? Theme.unit * 46 : Math.min(Theme.unit * 56, foot.y - Theme.unit * 10)
            y: Theme.portrait ? parent.height - height - foot.height - Theme.unit * 14 : (foot.y - height) / 2
            radius: Theme.radiusLarge
            color: Theme.brand

            Column {
                anchors.centerIn: parent
                width: parent.width - Theme.unit * 8
                spacing: Theme.unit * 2
                Icon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    name: "gesture-tap"
                    size: Theme.unit * 16
                    color: Theme.brandInk
                }
                Words {
                    width: parent.width
                    text: W.t("attract.start")
                    bold: true
                    font.pixelSize: Theme.title
                    lineHeight: 0.92
                    horizontalAlignment: Text.AlignHCenter
                    color: Theme.brandInk
                }
            }
        }

        Column {
            id: foot
            x: call.x
            width: call.width
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.unit * 6
            spacing: Theme.unit * 2
            Notice {
                width: parent.width
                kind: "warn"
                size: Theme.small
                text: screen.view.demo ? W.t("demo.notice") : ""
            }
            Words {
                width: parent.width
                text: W.t("attract.place", { place: screen.view.place || screen.view.station || "", hotline: screen.view.hotline || "" })
                font.pixelSize: Theme.small
                color: Theme.inkSoft
                lineHeight: 0.92
            }
        }
    }
}
