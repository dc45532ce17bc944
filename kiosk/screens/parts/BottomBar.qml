// Back, help, end: the same three places on every screen; what is not possible just now leaves its place empty.
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: bar

    property bool canBack: false
    property bool canLeave: true
    signal back
    signal help
    signal end

    readonly property real third: (width - 2 * Theme.margin - 2 * Theme.unit * 3) / 3

    color: Theme.surface
    implicitHeight: Theme.button + Theme.unit * (Theme.portrait ? 5 : 3)

    Rectangle {
        width: parent.width
        height: Theme.hair
        color: Theme.line
    }
    BarButton {
        objectName: "nav:back"
        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: bar.third
        visible: bar.canBack
        icon: "arrow-left"
        text: W.t("nav.back")
        onTapped: bar.back()
    }
    BarButton {
        objectName: "nav:help"
        x: Theme.margin + bar.third + Theme.unit * 3
        anchors.verticalCenter: parent.verticalCenter
        width: bar.third
        icon: "account-question"
        text: W.t("nav.help")
        onTapped: bar.help()
    }
    BarButton {
        objectName: "nav:end"
        x: Theme.margin + 2 * (bar.third + Theme.unit * 3)
        anchors.verticalCenter: parent.verticalCenter
        width: bar.third
        visible: bar.canLeave
        icon: "exit-to-app"
        text: W.t("nav.end")
        onTapped: bar.end()
    }
}
