// What every file in views/ is: paints one View and says what the citizen answered.
import QtQuick

Item {
    property var view: ({}) // the View as a plain map; a text is a string or {key, args}
    property var seen: null // behind a volunteer's screen: {name, source, view}, the citizen's, masked
    signal answered(var answer)
    signal back
    signal leave
}
