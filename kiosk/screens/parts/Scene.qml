// What every file in views/ is: paints one View and says what the citizen answered.
import QtQuick

Item {
    property var view: ({}) // the View as a plain map; a text is a string or {key, args}
    signal answered(var answer)
    signal back
    signal leave
}
