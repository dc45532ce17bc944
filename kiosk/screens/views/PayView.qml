// Choose how to pay; then a code to scan, its amount and its seconds; then a word that the money has been seen.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    readonly property bool choosing: view.state === "choose"
    readonly property bool scanning: view.state === "qr"
    readonly property string method: W.t("pay.method." + (view.method || "wechat"))

    Page {
        id: page
        anchors.fill: parent
        asideStays: true
        passive: !screen.choosing
        icon: "qrcode-scan"
        title: screen.choosing ? W.t("pay.choose") : screen.scanning ? W.t("pay.scan", { method: screen.method }) : W.t("pay.confirming")
        lead: W.of(screen.view.title)
        bias: Theme.portrait ? 0.4 : 0.5
        aside: [
            Words {
                width: parent.width
                text: W.of(screen.view.amount)
                bold: true
                font.pixelSize: Theme.display
                lineHeight: 0.92
                color: Theme.brand
            },
            Words {
                width: parent.width
                visible: text !== ""
                text: screen.view.order_no ? W.t("pay.order_no", { order_no: screen.view.order_no }) : ""
                font.pixelSize: Theme.small
                color: Theme.inkSoft
                wrapMode: Text.WrapAnywhere
            },
            Notice {
                width: parent.width
                icon: "timer-sand"
                text: screen.scanning ? W.t("pay.seconds", { seconds: screen.view.seconds_left || 0 }) : ""
            },
            Notice {
                width: parent.width
                icon: "arrow-left-circle-outline"
                text: screen.scanning && screen.view.can_back && !page.cramped ? W.t("pay.back") : ""
            },
            Notice {
                width: parent.width
                kind: "warn"
                size: Theme.small
                text: screen.view.demo ? W.t("pay.demo") : ""
            }
        ]

        Notice {
            width: parent.width
            icon: "timer-sand"
            text: screen.choosing ? W.of(screen.view.message) : ""
        }
        Repeater {
            model: screen.choosing ? screen.view.methods || [] : []
            TileButton {
                id: choice
                required property string modelData
                objectName: "method:" + modelData
                width: parent ? parent.width : 0
                tall: true
                height: Math.max(implicitHeight, Theme.unit * (Theme.portrait ? 34 : 28))
                icon: modelData === "wechat" ? "wechat" : "alpha-z-circle-outline"
                text: W.t("pay.method." + modelData)
                detail: W.t("pay.method.detail")
                onTapped: screen.answered({ method: choice.modelData })
            }
        }
        Card {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: screen.scanning
            width: Math.floor(Math.max(Theme.unit * 40, Math.min(page.room, parent.width, Theme.unit * 96))) // whole, at first sight
            height: width
            QrCode {
                objectName: "qr"
                anchors.fill: parent
                anchors.margins: Theme.unit * 2
                text: screen.scanning ? screen.view.qr || "" : ""
            }
        }
        Dots {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !screen.choosing && !screen.scanning
        }
        Words {
            width: parent.width
            visible: !screen.choosing && !screen.scanning
            text: W.t("pay.confirming.lead")
            font.pixelSize: Theme.lead
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
