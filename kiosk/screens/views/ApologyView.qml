// A fault, in the citizen's words: what happened, what it means for the money, what to do now.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property string fault: (view.code || "") + (view.order_no || "")

    onFaultChanged: count.remaining = count.seconds

    Page {
        anchors.fill: parent
        passive: true
        icon: "alert-circle-outline"
        tone: Theme.warn
        toneTint: Theme.warnTint
        title: W.of(screen.view.title)
        lead: W.of(screen.view.text)
        bias: 0.4
        actions: Repeater {
            model: screen.view.remedies || []
            ActionButton {
                id: remedy
                required property string modelData
                required property int index
                readonly property bool first: index === 0
                objectName: "remedy:" + modelData
                text: W.t("remedy." + modelData)
                icon: modelData === "retry" ? "refresh" : modelData === "other_way" ? "account-switch-outline" : modelData === "handover" ? "printer" : "exit-to-app"
                ground: first ? Theme.brand : Theme.surface
                groundPressed: first ? Theme.brandDeep : Theme.brandTint
                textColor: first ? Theme.brandInk : Theme.brand
                borderColor: Theme.brand
                onTapped: screen.answered({ remedy: remedy.modelData })
            }
        }

        Repeater {
            model: screen.view.notes || []
            Notice {
                required property var modelData
                width: parent ? parent.width : 0
                kind: "good"
                icon: "information"
                size: Theme.lead
                text: W.of(modelData)
            }
        }
        Rows {
            width: parent.width
            rows: [["apology.order_no", screen.view.order_no], ["apology.hotline", screen.view.hotline], ["apology.code", screen.view.code]].filter(row => row[1]).map(row => [{ key: row[0], args: {} }, row[1]])
        }
        Countdown {
            id: count
            width: parent.width
            seconds: screen.view.seconds || 0
            running: screen.visible
            key: "apology.seconds"
            onOver: screen.answered({ remedy: "end" })
        }
    }
}
