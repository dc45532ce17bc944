// Beside a citizen: which step it is, what to say, four things to do; and the citizen's screen in small, masked, not to be touched.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    property bool minnan: false

    onSeenChanged: {
        if (seen === null) {
            picture.source = "";
            picture.shown = "";
        } else if (seen.source === picture.shown && picture.item) {
            (picture.item as Scene).view = seen.view;
        } else {
            picture.shown = seen.source;
            picture.setSource(seen.source, { view: seen.view });
        }
    }

    Page {
        id: page
        anchors.fill: parent
        icon: "account-heart"
        title: W.t("volunteer.title")
        lead: W.t("volunteer.masked")
        asideWidth: 0.5
        asideStays: true
        bias: 0
        actions: [
            SecondaryButton {
                objectName: "volunteer:back"
                enabled: screen.view.back === true
                text: W.t("volunteer.back")
                icon: "arrow-left"
                onTapped: screen.answered({ do: "back" })
            },
            SecondaryButton {
                objectName: "again"
                enabled: screen.view.again === true
                text: W.t("volunteer.again")
                icon: "restart"
                onTapped: screen.answered({ do: "again" })
            },
            SecondaryButton {
                objectName: "point"
                text: W.t("volunteer.point")
                icon: "gesture-tap"
                onTapped: screen.answered({ do: "point" })
            },
            PrimaryButton {
                objectName: "volunteer:go"
                text: W.t("volunteer.go")
                icon: "account-arrow-right"
                onTapped: screen.answered({ do: "go" })
            }
        ]
        aside: [
            Words {
                width: parent.width
                visible: text !== ""
                text: screen.view.trail ? W.of(screen.view.trail.title) + " · " + W.t("nav.step", { step: screen.view.trail.step, of: screen.view.trail.of }) : ""
                bold: true
                font.pixelSize: Theme.lead
            },
            Card {
                width: parent.width
                height: script.height + Theme.space * 2
                Column {
                    id: script
                    x: Theme.space
                    y: Theme.space
                    width: parent.width - 2 * x
                    spacing: Theme.gap
                    Words {
                        width: parent.width
                        text: W.t("volunteer.say")
                        color: Theme.inkSoft
                    }
                    Words {
                        objectName: "say"
                        width: parent.width
                        text: screen.minnan ? screen.view.minnan || "" : W.of(screen.view.say)
                        font.pixelSize: Theme.lead
                    }
                    Row {
                        width: parent.width
                        spacing: Theme.gap
                        Switch {
                            id: tongue
                            objectName: "minnan"
                            visible: W.language !== "nan"
                            anchors.verticalCenter: parent.verticalCenter
                            text: W.t("volunteer.minnan")
                            on: screen.minnan
                            onTapped: screen.minnan = !screen.minnan
                        }
                        SecondaryButton {
                            objectName: "listen"
                            width: parent.width - (tongue.visible ? tongue.width + parent.spacing : 0)
                            text: W.t("volunteer.listen")
                            icon: "volume-high"
                            onTapped: screen.answered({ do: "say", minnan: screen.minnan ? "yes" : "" })
                        }
                    }
                }
            },
            Notice {
                width: parent.width
                text: W.of(screen.view.why)
            }
        ]

        Item {
            id: frame
            readonly property real wide: screen.width
            readonly property real high: screen.height
            readonly property real shrunk: Math.min(parent ? parent.width / wide : 1, (page.beside ? Math.max(page.body.height, Theme.unit * 60) : Theme.unit * 72) / high)
            width: parent ? parent.width : 0
            height: high * shrunk
            visible: screen.seen !== null

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: frame.wide * frame.shrunk
                height: frame.high * frame.shrunk
                color: Theme.paper
                border.width: Theme.hair * 2
                border.color: Theme.line
                clip: true

                Loader {
                    id: picture
                    objectName: "masked"
                    property string shown
                    width: frame.wide
                    height: frame.high
                    scale: frame.shrunk
                    transformOrigin: Item.TopLeft
                    enabled: false
                }
            }
        }
    }
}
