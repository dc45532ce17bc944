// Everything that will be sent, once more; then one button that says what happens.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        passive: true
        icon: "clipboard-check-outline"
        title: W.of(screen.view.title) || W.t("review.title")
        lead: W.t("review.lead")
        bias: Theme.portrait ? 0.3 : 0.5
        actions: [
            SecondaryButton {
                objectName: "mend"
                visible: screen.view.can_back === true
                text: W.t("review.mend")
                icon: "pencil"
                onTapped: screen.back()
            },
            PrimaryButton {
                objectName: "go"
                text: W.of(screen.view.go) || W.t("review.go")
                icon: "check"
                onTapped: screen.answered({})
            }
        ]
        aside: Column {
            width: parent.width
            visible: amount.text !== ""
            topPadding: Theme.unit
            Words {
                text: W.t("review.amount")
                color: Theme.inkSoft
            }
            Words {
                id: amount
                text: W.of(screen.view.amount)
                bold: true
                font.pixelSize: Theme.display
                lineHeight: 0.92
                color: Theme.brand
            }
        }

        Words {
            width: parent.width
            visible: facts.rows.length > 0
            text: W.t("review.facts")
            bold: true
            font.pixelSize: Theme.lead
        }
        Rows {
            id: facts
            width: parent.width
            rows: screen.view.facts || []
        }
        Rows {
            width: parent.width
            rows: screen.view.rows || []
        }
        Notice {
            width: parent.width
            text: W.of(screen.view.note)
        }
    }
}
