// A separate consent: nothing is ticked beforehand, yes and no have the same size.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        passive: true
        icon: screen.view.icon || "shield-account"
        title: W.of(screen.view.title)
        lead: W.of(screen.view.lead)
        actions: [
            SecondaryButton {
                objectName: "consent:no"
                text: W.of(screen.view.no)
                onTapped: screen.answered({ consent: "no" })
            },
            SecondaryButton {
                objectName: "consent:yes"
                text: W.of(screen.view.yes)
                onTapped: screen.answered({ consent: "yes" })
            }
        ]

        Card {
            width: parent.width
            height: points.implicitHeight + Theme.unit * 10
            Column {
                id: points
                x: Theme.unit * 5
                y: Theme.unit * 5
                width: parent.width - Theme.unit * 10
                spacing: Theme.unit * 4
                Repeater {
                    model: screen.view.points || []
                    Row {
                        id: point
                        required property var modelData
                        spacing: Theme.unit * 3
                        Icon {
                            name: "circle-small"
                            size: Theme.lead * 1.45
                        }
                        Words {
                            width: points.width - Theme.lead * 1.45 - Theme.unit * 3
                            text: W.of(point.modelData)
                            font.pixelSize: Theme.lead
                        }
                    }
                }
            }
        }
    }
}
