// Put the ID card on the reader: a picture of it that moves, and the seconds that are left.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool reading: view.state === "reading"
    readonly property bool again: view.state === "again" || theirs
    readonly property bool theirs: view.state === "left"

    Page {
        id: page
        anchors.fill: parent
        passive: true
        icon: "card-account-details"
        title: screen.view.title ? W.of(screen.view.title) : W.t(screen.theirs ? "read_card.left.title" : screen.reading ? "read_card.reading" : screen.again ? "read_card.again" : "read_card.title")
        lead: screen.reading ? W.t("read_card.reading.lead") : W.t("read_card.lead", { where: W.t("side." + (screen.view.where || "below")) })
        bias: 0.5
        actions: SecondaryButton {
            objectName: "other"
            visible: screen.view.other === true && !screen.reading
            text: W.t("read_card.other")
            icon: "account-switch-outline"
            onTapped: screen.answered({ other: "yes" })
        }

        Notice {
            id: why
            width: parent.width
            kind: "warn"
            size: Theme.lead
            text: screen.again ? W.of(screen.view.message) : ""
        }
        OntoReader {
            width: parent.width
            height: Math.max(Theme.unit * (screen.view.where === "left" || screen.view.where === "right" ? 42 : 56), Math.min(Theme.unit * (Theme.portrait ? 92 : 64), page.body.height - why.height - Theme.unit * 16))
            where: screen.view.where || "below"
            busy: screen.reading
            icon: screen.reading ? "check-circle" : "contactless-payment"
            label: W.t(screen.reading ? "read_card.now" : "read_card.here")
            Icon {
                anchors.centerIn: parent
                name: "card-account-details-outline"
                size: parent.height * 0.7
                color: Theme.brandDeep
            }
        }
        Dots {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: screen.reading
        }
        Words {
            width: parent.width
            visible: !screen.reading && screen.view.seconds_left > 0
            text: W.t("count.seconds", { seconds: screen.view.seconds_left || 0 })
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
