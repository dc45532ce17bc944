// Nobody has touched the glass for a while: whoever is there says so, or the visit ends and everything is wiped.
import QtQuick
import kiosk.screens.theme

Sheet {
    id: ask

    property int milliseconds: 0
    signal here
    signal end

    icon: "timer-sand"
    title: W.t("still.title")
    text: W.t("still.text")
    actions: [
        SecondaryButton {
            objectName: "still:end"
            text: W.t("still.end")
            onTapped: ask.end()
        },
        PrimaryButton {
            objectName: "still:yes"
            text: W.t("still.yes")
            onTapped: ask.here()
        }
    ]

    Countdown {
        width: ask.inner
        seconds: Math.ceil(ask.milliseconds / 1000)
        running: ask.visible
        key: "still.seconds"
    }
}
