// A statement in place of a signature: read it, press; then press once more, elsewhere on the glass, so that no double tap says both.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    readonly property bool sure: screen.view.state === "sure"

    Page {
        anchors.fill: parent
        icon: "clipboard-check-outline"
        title: W.of(screen.view.title)
        bias: 0.35
        actions: [
            SecondaryButton {
                objectName: "hand"
                visible: !screen.sure
                text: W.t("declare.hand")
                icon: "draw-pen"
                onTapped: screen.back()
            },
            PrimaryButton {
                objectName: "go"
                visible: !screen.sure
                text: W.t("declare.go")
                icon: "check"
                onTapped: screen.answered({})
            },
            PrimaryButton {
                objectName: "sure"
                visible: screen.sure
                text: W.t("declare.sure")
                icon: "check"
                onTapped: screen.answered({})
            },
            SecondaryButton {
                objectName: "no"
                visible: screen.sure
                text: W.t("declare.no")
                onTapped: screen.back()
            }
        ]

        Words {
            width: parent.width
            text: W.of(screen.view.text)
            font.pixelSize: Theme.lead
        }
        Rows {
            width: parent.width
            rows: screen.view.rows || []
        }
    }
}
