// What a technician can print: the report to sign, the notice for the door.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    Page {
        anchors.fill: parent
        icon: "printer"
        title: W.t("service.papers")
        bias: 0.2

        ChoiceButton {
            objectName: "paper:report"
            width: parent.width
            text: W.t("service.paper.report")
            detail: W.t("service.paper.report.what")
            icon: "clipboard-check-outline"
            onTapped: screen.answered({ paper: "report" })
        }
        ChoiceButton {
            objectName: "paper:notice"
            visible: W.of(screen.view.notice) === ""
            width: parent.width
            text: W.t("service.paper.notice")
            detail: W.t("service.paper.notice.what")
            icon: "bullhorn-outline"
            onTapped: screen.answered({ paper: "notice" })
        }
        Notice {
            width: parent.width
            kind: "good"
            text: W.of(screen.view.notice)
        }
    }
}
