// Across the top of every screen while a volunteer practises: nobody may take this glass for a terminal that serves.
import QtQuick
import kiosk.screens.theme

Rectangle {
    implicitHeight: words.implicitHeight
    color: Theme.bad

    Icon {
        anchors.right: words.left
        anchors.rightMargin: Theme.unit
        anchors.verticalCenter: parent.verticalCenter
        name: "school"
        size: words.font.pixelSize * 1.1
        color: words.color
    }
    Words {
        id: words
        objectName: "practice:band"
        anchors.horizontalCenter: parent.horizontalCenter
        text: W.t("practice.band")
        bold: true
        font.pixelSize: Theme.bar
        wrapMode: Text.NoWrap
        color: Theme.brandInk
    }
}
