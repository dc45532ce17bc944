// One icon of the font, by its MDI name.
import QtQuick
import kiosk.screens.theme

Text {
    property string name
    property real size: Theme.heading

    width: size
    height: size
    textFormat: Text.PlainText
    text: Glyphs.of(name)
    font.family: Theme.iconFamily
    font.pixelSize: size
    color: Theme.brand
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    Accessible.ignored: true
}
