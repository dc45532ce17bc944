// 好差评: five answers of the same size, and no answer is an answer too.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        icon: "star-face"
        title: W.t("rate.title")
        lead: W.t("rate.lead", { unit: screen.view.unit || "", item: screen.view.item || "" })
        bias: 0.5
        actions: SecondaryButton {
            objectName: "skip"
            text: W.t("rate.skip")
            onTapped: screen.answered({})
        }

        Column {
            width: parent.width
            spacing: Theme.unit * 2
            Repeater {
                model: [["5", "emoticon-excited-outline"], ["4", "emoticon-happy-outline"], ["3", "emoticon-neutral-outline"], ["2", "emoticon-sad-outline"], ["1", "emoticon-frown-outline"]]
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
    }
}
