// One point of the daily check: what it is, its drawing at this terminal, and a yes or no; or what to do, and "look again" or "report".
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
    id: screen

    readonly property bool asked: view.state === "asked"
    readonly property bool mend: view.state === "mend"
    readonly property var shape: view.shape || [0, 0]
    readonly property bool live: asked && shape[0] > 0

    Page {
        id: page
        anchors.fill: parent
        title: W.of(screen.view.title)
        tone: screen.mend ? Theme.bad : Theme.brand
        asideWidth: 0.42
        asideStays: true
        bias: 0.3
        aside: [
            Words {
                width: parent ? parent.width : 0
                text: [W.of(screen.view.place), screen.view.side ? W.t("daily.side." + screen.view.side) : ""].filter(one => one !== "").join("　")
                color: Theme.inkSoft
            },
            Notice {
                width: parent ? parent.width : 0
                visible: text !== ""
                kind: "bad"
                text: screen.mend ? W.of(screen.view.wrong) : ""
            },
            Words {
                width: parent ? parent.width : 0
                text: W.of(screen.view.text)
                bold: !screen.mend
                font.pixelSize: screen.mend ? Theme.lead : Theme.heading
            },
            Dots {
                visible: screen.view.state === "working"
            }
        ]
        actions: [
            SecondaryButton {
                objectName: "no"
                visible: screen.asked
                text: W.t("daily.no")
                icon: "close"
                onTapped: screen.answered({ answer: "no" })
            },
            PrimaryButton {
                objectName: "yes"
                visible: screen.asked
                text: W.t("daily.yes")
                icon: "check"
                onTapped: screen.answered({ answer: "yes" })
            },
            SecondaryButton {
                objectName: "report"
                visible: screen.mend
                text: W.t("daily.report")
                icon: "account-wrench-outline"
                onTapped: screen.answered({ answer: "report" })
            },
            PrimaryButton {
                objectName: "again"
                visible: screen.mend
                text: W.t("daily.again")
                icon: "refresh"
                onTapped: screen.answered({ answer: "again" })
            }
        ]

        DailyDrawing {
            width: parent.width
            visible: !screen.live
            kind: screen.view.drawing || ""
            side: screen.view.side || ""
            mend: screen.mend
        }
        Item {
            width: parent.width
            visible: screen.live
            implicitHeight: visible ? preview.height : 0
            CameraPreview {
                id: preview
                readonly property real ratio: screen.shape[0] > 0 ? screen.shape[1] / screen.shape[0] : 0.75
                objectName: "preview"
                whole: true
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.floor(Math.min(parent.width, Theme.unit * (Theme.portrait ? 80 : 60) / ratio))
                height: Math.floor(width * ratio)
            }
        }
    }
}
