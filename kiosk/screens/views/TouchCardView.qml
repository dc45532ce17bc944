// Lay the transit card on the reader and leave it there: a picture of it that moves, and while it is written nothing but that.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool writing: view.state === "writing"
    readonly property bool busy: view.state === "reading" || writing
    readonly property bool again: view.state === "again"

    Page {
        id: page
        anchors.fill: parent
        passive: true
        icon: "contactless-payment"
        title: screen.view.state === "reading" ? W.t("touch_card.reading") : W.of(screen.view.title)
        lead: W.t(screen.writing ? "touch_card.writing.lead" : screen.busy ? "touch_card.reading.lead" : "touch_card.lead", { where: W.t("side." + (screen.view.where || "below")) })
        asideStays: true
        bias: 0.5
        aside: Notice {
            width: parent.width
            kind: "warn"
            size: Theme.lead
            text: screen.writing ? W.t("touch_card.still") : screen.again ? W.of(screen.view.message) : ""
            icon: screen.writing ? "hand-back-right-off" : "alert"
        }

        OntoReader {
            width: parent.width
            height: Math.max(Theme.unit * 50, Math.min(Theme.unit * (Theme.portrait ? 84 : 60), page.body.height - Theme.unit * 20))
            where: screen.view.where || "below"
            busy: screen.busy
            icon: "contactless-payment"
            label: W.t(screen.writing ? "touch_card.busy.writing" : screen.busy ? "touch_card.busy" : "touch_card.here")
            cardColor: Theme.brandDeep
            Icon {
                x: Theme.unit * 3
                y: Theme.unit * 3
                name: "bus"
                size: parent.height * 0.38
                color: Theme.brandInk
            }
            Icon {
                anchors.right: parent.right
                anchors.rightMargin: Theme.unit * 3
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.unit * 3
                name: "contactless-payment"
                size: parent.height * 0.27
                color: Theme.brandInkSoft
            }
        }
        Dots {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: screen.busy
        }
        Countdown {
            width: parent.width
            visible: !screen.busy && (screen.view.seconds_left || 0) > 0
            seconds: screen.view.seconds_left || 0
        }
    }
}
