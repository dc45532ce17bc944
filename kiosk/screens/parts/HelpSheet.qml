// What to do on this screen and who helps; it never ends the visit.
import QtQuick
import kiosk.screens.theme

Sheet {
    id: help

    property string view
    property string hotline
    signal closed

    icon: "account-question"
    title: W.t("help.title")
    text: view === "" ? "" : W.t("help." + view)
    actions: PrimaryButton {
        objectName: "help:close"
        text: W.t("help.close")
        onTapped: help.closed()
    }

    Notice {
        width: help.inner
        icon: "account-heart-outline"
        text: W.t("help.clerk")
    }
    Notice {
        width: help.inner
        icon: "phone"
        text: help.hotline === "" ? "" : W.t("help.hotline", { hotline: help.hotline })
    }
}
