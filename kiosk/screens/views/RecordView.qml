// Say it instead of typing: agree and speak, see that one is heard, stop; then listen, say it again, throw it away, or use it.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property string now: view.state || "ready"
    readonly property bool recording: now === "recording"
    readonly property bool playing: now === "playing"
    readonly property bool done: now === "recorded" || playing
    readonly property int most: view.most || 60

    Page {
        id: page
        anchors.fill: parent
        icon: screen.recording ? "" : "microphone"
        title: screen.recording ? W.t("record.now") : screen.playing ? W.t("record.playing") : W.of(screen.view.title)
        lead: screen.recording ? W.t("record.now.lead") : W.of(screen.view.text)
        bias: 0.35
        actions: [
            SecondaryButton {
                objectName: "type"
                visible: screen.now === "ready"
                text: W.t("record.type")
                icon: "keyboard-outline"
                onTapped: screen.answered({ record: "type" })
            },
            PrimaryButton {
                objectName: "start"
                visible: screen.now === "ready"
                text: W.t(screen.view.agreed ? "record.begin" : "record.start")
                icon: "microphone"
                onTapped: screen.answered({ record: "start" })
            },
            PrimaryButton {
                objectName: "instead"
                visible: screen.now === "gone"
                text: W.t("record.type")
                icon: "keyboard-outline"
                onTapped: screen.answered({ record: "type" })
            },
            PrimaryButton {
                objectName: "stop"
                visible: screen.recording || screen.playing
                text: W.t(screen.recording ? "record.stop" : "record.stop_playing")
                icon: "stop"
                onTapped: screen.answered({ record: "stop" })
            },
            SecondaryButton {
                objectName: "again"
                visible: screen.now === "recorded"
                text: W.t("record.again")
                icon: "microphone"
                onTapped: screen.answered({ record: "again" })
            },
            PrimaryButton {
                objectName: "keep"
                visible: screen.now === "recorded"
                text: W.t("record.keep")
                icon: "check"
                onTapped: screen.answered({ record: "keep" })
            }
        ]

        Notice {
            width: parent.width
            kind: "warn"
            size: Theme.lead
            text: W.of(screen.view.message)
        }
        Card {
            id: sheet
            width: parent.width
            visible: screen.recording || screen.done
            height: inside.height + Theme.unit * 8

            Column {
                id: inside
                x: Theme.unit * 4
                y: Theme.unit * 4
                width: parent.width - Theme.unit * 8
                spacing: Theme.unit * 3

                Row {
                    spacing: Theme.gap * 1.5
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: screen.recording ? "record-circle" : screen.playing ? "volume-high" : "check-circle"
                        size: Theme.title * 1.4
                        color: screen.recording ? Theme.bad : screen.playing ? Theme.brand : Theme.good
                    }
                    Words {
                        objectName: "told"
                        anchors.verticalCenter: parent.verticalCenter
                        width: Math.min(implicitWidth, inside.width - Theme.title * 1.4 - Theme.gap * 1.5)
                        text: screen.recording ? W.t("record.left", { seconds: screen.view.seconds_left || 0 }) : W.t("record.seconds", { seconds: screen.view.seconds || 0 })
                        bold: true
                        font.pixelSize: Theme.title
                        color: screen.recording ? Theme.bad : Theme.ink
                    }
                }
                Column { // how loud it is: more bars than one, so that it is no matter of colour
                    width: parent.width
                    visible: screen.recording
                    spacing: Theme.unit * 2
                    Row {
                        id: bars
                        objectName: "level"
                        readonly property int lit: Math.ceil((screen.view.level || 0) / 100 * count)
                        readonly property int count: 16
                        width: parent.width
                        height: Theme.unit * 10
                        spacing: Theme.unit
                        Accessible.role: Accessible.Indicator
                        Accessible.name: W.t("record.level")
                        Repeater {
                            model: bars.count
                            Rectangle {
                                required property int index
                                readonly property bool on: index < bars.lit
                                anchors.verticalCenter: parent ? parent.verticalCenter : undefined
                                width: (bars.width - (bars.count - 1) * bars.spacing) / bars.count
                                height: on ? bars.height * (0.4 + 0.6 * (index + 1) / bars.count) : Theme.unit * 2
                                radius: Theme.unit
                                color: on ? Theme.good : Theme.line
                            }
                        }
                    }
                    Words {
                        width: parent.width
                        text: W.t("record.level")
                        font.pixelSize: Theme.body
                        color: Theme.inkSoft
                    }
                }
                Rectangle { // the minute, and how much of it is used
                    width: parent.width
                    height: Theme.unit
                    radius: height / 2
                    color: Theme.line
                    Rectangle {
                        readonly property real used: screen.recording ? screen.most - (screen.view.seconds_left || 0) : screen.view.seconds || 0
                        width: parent.width * Math.min(1, used / screen.most)
                        height: parent.height
                        radius: height / 2
                        color: Theme.brand
                    }
                }
            }
        }
        SecondaryButton {
            objectName: "listen"
            width: parent.width
            visible: screen.now === "recorded" && screen.view.plays === true
            text: W.t("record.listen")
            icon: "volume-high"
            onTapped: screen.answered({ record: "listen" })
        }
        SecondaryButton {
            objectName: "delete"
            width: parent.width
            visible: screen.now === "recorded"
            text: W.t("record.delete")
            icon: "delete"
            onTapped: screen.answered({ record: "delete" })
        }
    }
}
