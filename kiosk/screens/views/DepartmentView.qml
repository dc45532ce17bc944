// One shelf of services: a department, a life event, or one of the doors.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        icon: screen.view.icon || ""
        title: W.of(screen.view.title)
        lead: W.t((screen.view.items || []).length > 0 ? "department.lead" : "department.empty")
        bias: 0.25

        ItemList {
            width: parent.width
            items: screen.view.items || []
            onChosen: id => screen.answered({ item: id })
        }
    }
}
