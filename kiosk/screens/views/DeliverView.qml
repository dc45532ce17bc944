// The result on the glass, and the papers as they come out.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool done: view.done === true
    readonly property var sheets: view.sheets || []
    readonly property int lost: sheets.filter(sheet => sheet.state === "failed").length
    readonly property bool takes: sheets.length > lost

    Page {
        anchors.fill: parent
        icon: !screen.done ? "printer" : screen.lost > 0 ? "alert" : "check-circle"
        tone: !screen.done ? Theme.brand : screen.lost > 0 ? Theme.warn : Theme.good
        toneTint: !screen.done ? Theme.brandTint : screen.lost > 0 ? Theme.warnTint : Theme.goodTint
        title: W.of(screen.view.title)
        lead: !screen.done ? W.t("deliver.printing") : screen.takes ? W.t("deliver.take") : ""
        bias: Theme.portrait ? 0.3 : 0.5
        actions: PrimaryButton {
            objectName: "finish"
            enabled: screen.done
            text: W.t(screen.done ? "deliver.finish" : "deliver.wait")
            icon: screen.done ? "check" : ""
            onTapped: screen.answered({})
        }

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
                readonly property color tone: how === "done" ? Theme.good : how === "failed" ? Theme.bad : Theme.brand
                width: parent ? parent.width : 0
                height: Math.max(Theme.unit * 12, name.implicitHeight + told.implicitHeight + Theme.unit * 5)
                color: how === "failed" ? Theme.badTint : how === "done" ? Theme.goodTint : Theme.surface

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
                    anchors.right: mark.left
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
                    name: sheet.how === "done" ? "check-circle" : sheet.how === "failed" ? "alert-circle" : "clock-outline"
                    size: Theme.unit * 5
                    color: sheet.tone
                }
                Dots {
                    visible: sheet.how === "printing"
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.unit * 4
                    anchors.verticalCenter: parent.verticalCenter
                    size: Theme.unit * 1.5
                }
            }
        }
        Notice {
            width: parent.width
            text: W.of(screen.view.note)
        }
    }
}
