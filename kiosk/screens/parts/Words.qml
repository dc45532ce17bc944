// Every text on the glass: plain text only, in the house's type.
import QtQuick
import kiosk.screens.theme

Text {
    property bool bold: false

    textFormat: Text.PlainText // what a back office sends is never interpreted
    font.family: Theme.family
    font.pixelSize: Theme.body
    font.weight: bold ? Font.Bold : Font.Normal
    color: Theme.ink
    lineHeight: Theme.leading
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
