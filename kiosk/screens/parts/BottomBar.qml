// Back, seeing and hearing, help, end: the same four places on every screen; what is not possible just now leaves its place empty.
import QtQuick
import QtQuick.Layouts
import kiosk.screens.theme

Rectangle {
    id: bar

    property bool canBack: false
    property bool canLeave: true
    property string calling // how a call for help stands; "": nobody is called
    signal back
    signal access
    signal help
    signal end

    readonly property real between: Theme.portrait ? Theme.gap : Theme.unit * 3
    // In care mode the help of a person is the largest of the four.
    readonly property real part: (width - 2 * Theme.margin - 3 * between) / (Theme.care ? 4.6 : 4)

    color: Theme.surface
    implicitHeight: row.implicitHeight + Theme.unit * (Theme.portrait ? 5 : 3)

    Rectangle {
        width: parent.width
        height: Theme.hair
        color: Theme.line
    }
    RowLayout {
        id: row
        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: bar.between

        Item {
            Layout.preferredWidth: bar.part
            Layout.fillHeight: true
            implicitHeight: one?.implicitHeight ?? 0
            BarButton {
                id: one
                objectName: "nav:back"
                anchors.fill: parent
                visible: bar.canBack
                icon: "arrow-left"
                text: W.t("nav.back")
                onTapped: bar.back()
            }
        }
        BarButton {
            objectName: "nav:access"
            Layout.fillWidth: false
            Layout.preferredWidth: bar.part
            icon: "eye-settings-outline"
            text: W.t("access.open")
            onTapped: bar.access()
        }
        BarButton {
            objectName: "nav:help"
            Layout.fillWidth: false
            Layout.preferredWidth: bar.part * (Theme.care ? 1.6 : 1)
            strong: Theme.care || bar.calling !== ""
            icon: bar.calling === "" ? (Theme.care ? "account-heart" : "account-question") : bar.calling === "answered" ? "message-reply-text" : "bell-ring"
            text: W.t(bar.calling !== "" ? "nav.help_" + bar.calling : Theme.care ? "nav.help_care" : "nav.help")
            onTapped: bar.help()
        }
        Item {
            Layout.preferredWidth: bar.part
            Layout.fillHeight: true
            implicitHeight: four?.implicitHeight ?? 0
            BarButton {
                id: four
                objectName: "nav:end"
                anchors.fill: parent
                visible: bar.canLeave
                icon: "exit-to-app"
                text: W.t("nav.end")
                onTapped: bar.end()
            }
        }
    }
}
