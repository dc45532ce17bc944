// One of many small choices that stand in a grid: a day, a month, a time, a place. `detail` is the small line below.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Tap {
    id: cell

    property string text
    property string detail
    property bool chosen: false
    property bool today: false
    property real size: Theme.lead

    name: detail === "" ? text : text + " " + detail
    role: Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chosen
    implicitHeight: Math.max(Theme.target, words.implicitHeight + Theme.unit * 2)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: cell.chosen ? Theme.brand : cell.pressed ? Theme.brandTint : cell.enabled ? Theme.surface : Theme.sunken
        border.width: Theme.hair * (cell.today ? 2 : 1)
        border.color: cell.chosen || cell.today ? Theme.brand : cell.enabled ? Theme.edge : Theme.line
    }
    Column {
        id: words
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.unit
        width: parent.width - 2 * x

        Words {
            width: parent.width
            text: cell.text
            bold: cell.chosen
            font.pixelSize: cell.size
            maximumLineCount: 2
            elide: Text.ElideRight
            color: cell.chosen ? Theme.brandInk : cell.enabled ? Theme.ink : Theme.inkFaint
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 0.92
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: cell.detail
            font.pixelSize: Theme.small
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small * 0.8
            wrapMode: Text.NoWrap
            color: cell.chosen ? Theme.brandInkSoft : Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 0.92
            Accessible.ignored: true
        }
    }
}
