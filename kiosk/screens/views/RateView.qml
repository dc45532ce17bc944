// 好差评: five answers of the same size, and no answer is an answer too. A bad one is asked why; then the number of its work order.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property string stage: view.state || "levels"
    property var chosen: [] // reasons that are ticked

    function tick(reason: string): void {
        chosen = chosen.indexOf(reason) < 0 ? chosen.concat([reason]) : chosen.filter(one => one !== reason);
    }

    Page {
        anchors.fill: parent
        icon: screen.stage === "order" ? "clipboard-check-outline" : "star-face"
        title: W.t(screen.stage === "levels" ? "rate.title" : screen.stage === "reasons" ? "rate.why" : "rate.order")
        lead: screen.stage === "levels" ? W.t("rate.lead", { unit: screen.view.unit || "", item: screen.view.item || "" }) : W.t(screen.stage === "reasons" ? "rate.why.lead" : "rate.order.lead")
        bias: 0.5
        actions: [
            SecondaryButton {
                objectName: "skip"
                visible: screen.stage === "levels"
                text: W.t("rate.skip")
                onTapped: screen.answered({})
            },
            PrimaryButton {
                objectName: "send"
                visible: screen.stage === "reasons"
                text: W.t("rate.send")
                onTapped: screen.answered({ reasons: screen.chosen.join(",") })
            },
            PrimaryButton {
                objectName: "done"
                visible: screen.stage === "order"
                text: W.t("rate.order.ok")
                onTapped: screen.answered({})
            }
        ]

        Column {
            width: parent.width
            visible: screen.stage === "levels"
            spacing: Theme.unit * 2
            Repeater {
                model: screen.stage === "levels" ? [["5", "emoticon-excited-outline"], ["4", "emoticon-happy-outline"], ["3", "emoticon-neutral-outline"], ["2", "emoticon-sad-outline"], ["1", "emoticon-frown-outline"]] : []
                TileButton {
                    id: level
                    required property var modelData
                    objectName: "level:" + modelData[0]
                    width: parent ? parent.width : 0
                    big: true
                    height: Math.max(Theme.button, Theme.unit * (Theme.portrait ? 15 : 12))
                    icon: modelData[1]
                    text: W.t("rate.level." + modelData[0])
                    onTapped: screen.answered({ level: level.modelData[0] })
                }
            }
        }
        Column {
            width: parent.width
            visible: screen.stage === "reasons"
            spacing: Theme.unit * 2
            Repeater {
                model: screen.stage === "reasons" ? screen.view.reasons || [] : []
                OptionButton {
                    id: reason
                    required property string modelData
                    objectName: "reason:" + modelData
                    width: parent ? parent.width : 0
                    many: true
                    chosen: screen.chosen.indexOf(modelData) >= 0
                    label: W.t("rate.reason." + modelData)
                    onTapped: screen.tick(modelData)
                }
            }
        }
        Words {
            objectName: "order"
            width: parent.width
            visible: screen.stage === "order"
            horizontalAlignment: Text.AlignHCenter
            text: screen.view.order_no || ""
            bold: true
            font.pixelSize: Theme.title
        }
    }
}
