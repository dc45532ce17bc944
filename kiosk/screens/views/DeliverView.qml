// The result on the glass, and the papers as they come out.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    readonly property bool done: view.done === true
    readonly property var sheets: view.sheets || []
    readonly property int lost: sheets.filter(sheet => sheet.state === "failed").length
    readonly property bool takes: sheets.length > lost

    Page {
        anchors.fill: parent
        passive: true
        icon: !screen.done ? "printer" : screen.lost > 0 ? "alert" : "check-circle"
        tone: !screen.done ? Theme.brand : screen.lost > 0 ? Theme.warn : Theme.good
        toneTint: !screen.done ? Theme.brandTint : screen.lost > 0 ? Theme.warnTint : Theme.goodTint
        title: W.of(screen.view.title)
        lead: !screen.done ? W.t("deliver.printing") : screen.takes ? W.t("deliver.take") : ""
        bias: Theme.portrait ? 0.3 : 0.5
        aside: Card { // beside the result, or above it: in sight without a touch
            id: instead
            readonly property bool upright: !Theme.portrait && !Theme.low
            visible: (screen.view.qr || "") !== ""
            width: parent ? parent.width : 0
            height: !visible ? 0 : upright ? words.y + words.implicitHeight + Theme.unit * 3 : Theme.unit * 40

            QrCode {
                id: code
                objectName: "qr"
                x: instead.upright ? (parent.width - width) / 2 : Theme.unit * 3
                y: Theme.unit * 3
                width: Theme.unit * 34
                height: width
                text: screen.view.qr || ""
            }
            Words {
                id: words
                x: instead.upright ? Theme.unit * 3 : code.x + code.width + Theme.unit * 4
                y: instead.upright ? code.y + code.height + Theme.unit * 2 : (parent.height - implicitHeight) / 2
                width: parent.width - x - Theme.unit * 3
                horizontalAlignment: instead.upright ? Text.AlignHCenter : Text.AlignLeft
                text: W.t("deliver.e_slip")
                font.pixelSize: instead.upright ? Theme.body : Theme.lead
            }
        }
        actions: [
            SecondaryButton {
                objectName: "again"
                visible: screen.view.again === true
                text: W.t("deliver.again")
                icon: "printer"
                onTapped: screen.answered({ again: "yes" })
            },
            PrimaryButton {
                objectName: "finish"
                enabled: screen.done
                text: W.t(screen.done ? "deliver.finish" : "deliver.wait")
                icon: screen.done ? "check" : ""
                onTapped: screen.answered({})
            }
        ]

        Card {
            width: parent.width
            visible: headline.text !== ""
            height: visible ? headline.implicitHeight + Theme.unit * 8 : 0
            Words {
                id: headline
                anchors.centerIn: parent
                width: parent.width - Theme.unit * 8
                text: W.of(screen.view.headline)
                bold: true
                font.pixelSize: Theme.figure
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.title
                wrapMode: Text.NoWrap
                lineHeight: 0.92
                color: Theme.brand
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Rows {
            width: parent.width
            rows: screen.view.rows || []
        }
        Repeater {
            model: screen.view.records || []
            Column {
                id: record
                required property var modelData
                width: parent ? parent.width : 0
                spacing: Theme.unit * 2
                Words {
                    width: parent.width
                    text: W.of(record.modelData.title)
                    bold: true
                    font.pixelSize: Theme.lead
                    lineHeight: 1
                }
                Rows {
                    width: parent.width
                    rows: record.modelData.rows
                }
            }
        }
        Repeater {
            model: screen.sheets
            Card {
                id: sheet
                required property var modelData
                readonly property string how: modelData.state
                readonly property color tone: how === "done" || how === "sent" ? Theme.good : how === "failed" ? Theme.bad : Theme.brand
                width: parent ? parent.width : 0
                height: Math.max(Theme.unit * 12, name.implicitHeight + told.implicitHeight + Theme.unit * 5)
                color: how === "failed" ? Theme.badTint : how === "done" || how === "sent" ? Theme.goodTint : Theme.surface

                Icon {
                    id: sign
                    x: Theme.unit * 4
                    anchors.verticalCenter: parent.verticalCenter
                    name: sheet.modelData.icon
                    size: Theme.unit * 6
                    color: sheet.tone
                }
                Column {
                    anchors.left: sign.right
                    anchors.leftMargin: Theme.unit * 3
                    anchors.right: sheet.how === "printing" ? slot.left : mark.left
                    anchors.rightMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    Words {
                        id: name
                        width: parent.width
                        text: W.of(sheet.modelData.title)
                        bold: true
                        font.pixelSize: Theme.lead
                        lineHeight: 0.92
                    }
                    Words {
                        id: told
                        width: parent.width
                        text: W.t("deliver.sheet." + sheet.how)
                        lineHeight: 0.92
                        color: sheet.tone
                    }
                }
                Icon {
                    id: mark
                    visible: sheet.how !== "printing"
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.unit * 4
                    anchors.verticalCenter: parent.verticalCenter
                    name: sheet.how === "done" ? "check-circle" : sheet.how === "sent" ? "arrow-right-circle" : sheet.how === "failed" ? "alert-circle" : "clock-outline"
                    size: Theme.unit * 5
                    color: sheet.tone
                }
                Slot {
                    id: slot
                    visible: sheet.how === "printing"
                    where: sheet.modelData.where || "below"
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.unit * 4
                    anchors.verticalCenter: parent.verticalCenter
                    size: Theme.unit * 10
                }
            }
        }
        Notice {
            width: parent.width
            text: W.of(screen.view.note)
        }
    }
}
