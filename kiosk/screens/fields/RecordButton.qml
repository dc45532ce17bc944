// A record of a department to choose: its title, what is known of it line by line, its amount. `record` is a kiosk.flow.views.Option as a map.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

OptionButton {
    id: card

    property var record: ({})

    label: W.of(record.label)

    Repeater {
        model: card.record.rows || []
        delegate: Row {
            id: row
            required property var modelData
            width: parent ? parent.width : 0
            leftPadding: Theme.heading + Theme.gap
            spacing: Theme.gap

            Words {
                width: (row.width - row.leftPadding) * (Theme.portrait ? 0.28 : 0.2)
                text: W.of(row.modelData[0])
                color: Theme.inkSoft
                lineHeight: 1.2
                Accessible.ignored: true
            }
            Words {
                width: (row.width - row.leftPadding) * (Theme.portrait ? 0.7 : 0.78)
                text: W.of(row.modelData[1])
                lineHeight: 1.2
                Accessible.ignored: true
            }
        }
    }
    Words {
        visible: text !== ""
        width: parent.width
        text: W.of(card.record.amount)
        bold: true
        font.pixelSize: Theme.heading
        color: Theme.brandDeep
        horizontalAlignment: Text.AlignRight
        lineHeight: 1.1
        Accessible.ignored: true
    }
}
