// Network, back office, machine and books: every check, the worst first, and what is installed.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        asideWidth: 0.26
        asideStays: true
        bias: 0
        title: W.t("service.checks")
        actions: SecondaryButton {
            objectName: "open:again"
            enabled: !screen.view.looking
            text: W.t(screen.view.looking ? "service.looking" : "service.again")
            icon: "refresh"
            onTapped: screen.answered({ open: "again" })
        }

        Card {
            width: parent.width
            visible: (screen.view.checks || []).length > 0
            implicitHeight: lines.implicitHeight + Theme.unit * 2
            Column {
                id: lines
                x: Theme.unit * 2
                y: Theme.unit
                width: parent.width - Theme.unit * 4
                Repeater {
                    model: screen.view.checks || []
                    CheckRow {
                        required property var modelData
                        width: lines.width
                        check: modelData
                    }
                }
            }
        }
        Rows {
            width: parent.width
            rows: screen.view.versions || []
        }
    }
}
