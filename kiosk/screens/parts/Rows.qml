// Label and value, line by line, on one sheet.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

Card {
    id: sheet

    property var rows: [] // [[label, value], …] of texts
    property real share: Theme.portrait || Theme.pad ? 0.34 : 0.3 // of the width for labels

    visible: rows.length > 0
    implicitHeight: rows.length > 0 ? column.implicitHeight + Theme.unit * 2 : 0

    Column {
        id: column
        x: Theme.unit * 4
        y: Theme.unit
        width: parent.width - Theme.unit * 8

        Repeater {
            model: sheet.rows
            Item {
                id: row
                Accessible.role: Accessible.StaticText // one line is one thing to be read
                Accessible.name: label.text + W.t("reader.colon") + value.text
                required property var modelData
                required property int index
                width: column.width
                height: Math.max(label.implicitHeight, value.implicitHeight) + Theme.unit * 4

                Rectangle {
                    visible: row.index > 0
                    width: parent.width
                    height: Theme.hair
                    color: Theme.sunken
                }
                Words {
                    id: label
                    y: Theme.unit * 2
                    width: column.width * sheet.share - Theme.gap
                    text: W.of(row.modelData[0])
                    font.pixelSize: Theme.reading
                    color: Theme.inkSoft
                    Accessible.ignored: true
                }
                Words {
                    id: value
                    x: column.width * sheet.share
                    y: Theme.unit * 2
                    width: column.width * (1 - sheet.share)
                    text: W.of(row.modelData[1])
                    font.pixelSize: Theme.reading
                    bold: true
                    Accessible.ignored: true
                }
            }
        }
    }
}
