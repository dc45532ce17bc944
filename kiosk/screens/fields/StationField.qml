// One of very many stations, searched by name or first letters. Controls: those of SearchPick.qml, named after the field.
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: station

    SearchPick {
        width: parent.width
        name: station.name
        caption: station.label
        placeholder: W.t("fields.search.letters")
        options: station.field.options || []
        value: station.value
        wrong: station.wrong !== ""
        onPicked: value => station.value = value
        onMoved: station.moved()
    }
}
