// Asked once before a visit that has begun is ended.
import QtQuick
import kiosk.screens.theme

Sheet {
    id: end

    signal stay
    signal ended

    icon: "exit-to-app"
    title: W.t("end.title")
    text: W.t("end.text")
    actions: [
        SecondaryButton {
            objectName: "end:yes"
            text: W.t("end.yes")
            onTapped: end.ended()
        },
        PrimaryButton {
            objectName: "end:no"
            text: W.t("end.no")
            onTapped: end.stay()
        }
    ]
}
