// A case that is being worked on: the person and their story, what to do, what happens meanwhile, what is at hand, hints.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Column {
    id: work

    property var one: ({})
    property var world: ({}) // role → fact → what is so
    property string code
    signal pulled(string role, string lever, string value)
    signal wanted(string what)

    spacing: Theme.gap

    Card {
        width: parent.width
        implicitHeight: Math.max(portrait.height, who.implicitHeight) + 2 * Theme.gap

        Image {
            id: portrait
            x: Theme.gap
            y: Theme.gap
            width: Theme.unit * 18
            height: width * 1.23
            source: work.one.portrait || ""
            sourceSize.width: 180
            fillMode: Image.PreserveAspectCrop
        }
        Column {
            id: who
            anchors.left: portrait.right
            anchors.leftMargin: Theme.gap
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            y: Theme.gap
            spacing: Theme.unit
            Words {
                width: parent.width
                text: W.t("practice.story")
                font.pixelSize: Theme.small
                color: Theme.inkSoft
                lineHeight: 1
            }
            Words {
                width: parent.width
                text: W.of(work.one.story)
            }
            Words {
                width: parent.width
                text: W.of(work.one.person)
                font.pixelSize: Theme.small
                color: Theme.inkSoft
                lineHeight: 1
            }
        }
    }
    Words {
        width: parent.width
        text: W.t("practice.task")
        font.pixelSize: Theme.small
        color: Theme.inkSoft
        lineHeight: 1
    }
    Words {
        width: parent.width
        text: W.of(work.one.task)
        bold: true
    }
    Notice {
        width: parent.width
        kind: "warn"
        text: W.of(work.one.turn)
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: W.of(work.one.step)
        font.pixelSize: Theme.small
        color: Theme.inkSoft
    }
    Words {
        width: parent.width
        visible: work.one.hold.length > 0
        text: W.t("practice.hold")
        font.pixelSize: Theme.small
        color: Theme.inkSoft
        lineHeight: 1
    }
    Repeater {
        model: work.one.hold
        Chips {
            required property var modelData
            width: work.width
            role: modelData.role
            model: [modelData.chip]
            now: work.world[modelData.role] ?? {}
            onPulled: (lever, value) => work.pulled(modelData.role, lever, value)
        }
    }
    Words {
        objectName: "practice:code"
        width: parent.width
        visible: work.code !== ""
        text: W.t("practice.code", { code: work.code })
        bold: true
        font.pixelSize: Theme.lead
    }
    Repeater {
        model: work.one.hints
        Notice {
            required property var modelData
            width: work.width
            size: Theme.small
            text: W.of(modelData)
        }
    }
    Flow {
        width: parent.width
        spacing: Theme.unit
        Switch {
            objectName: "practice:hint"
            visible: work.one.more
            text: W.t("practice.hint", { points: work.one.cost })
            icon: "lightbulb-on-outline"
            onTapped: work.wanted("hint")
        }
        Switch {
            objectName: "practice:end"
            text: W.t("practice.end")
            icon: "stop-circle-outline"
            onTapped: work.wanted("end")
        }
    }
}
