// One of the bottom bar: back, seeing and hearing, help, end. Always in the same place.
import kiosk.screens.theme

ActionButton {
    property bool strong: false

    size: Theme.bar
    dims: false // the bar does not flash while a new view settles
    ground: strong ? Theme.brand : Theme.surface
    groundPressed: strong ? Theme.brandDeep : Theme.brandTint
    textColor: strong ? Theme.brandInk : Theme.ink
    borderColor: strong ? Theme.brand : Theme.edge
}
