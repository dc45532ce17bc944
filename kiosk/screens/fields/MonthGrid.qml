// A year and its twelve months. Months are counted since year 0: 2025-01 is 2025 * 12.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Rectangle {
    id: grid

    property string name
    property int year
    property int first: -1 // the range so far, -1 for nothing
    property int last: -1
    property int earliest
    property int latest
    property int soonest // what may be chosen now
    property int furthest

    signal picked(int month)
    signal turned(int year)

    implicitHeight: inside.implicitHeight + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.paper
    border.width: Theme.hair
    border.color: Theme.line

    Column {
        id: inside
        x: Theme.gap
        y: Theme.gap
        width: grid.width - 2 * Theme.gap
        spacing: Theme.gap

        Item {
            width: parent.width
            height: Theme.button

            StepButton {
                objectName: "minus:" + grid.name
                anchors.left: parent.left
                icon: "chevron-left"
                name: W.t("fields.year_before")
                enabled: grid.year > Math.floor(grid.earliest / 12)
                onTapped: grid.turned(grid.year - 1)
            }
            Words {
                objectName: "year:" + grid.name
                anchors.centerIn: parent
                text: W.t("fields.year", {
                    year: grid.year
                })
                bold: true
                font.pixelSize: Theme.heading
                lineHeight: 1
            }
            StepButton {
                objectName: "plus:" + grid.name
                anchors.right: parent.right
                icon: "chevron-right"
                name: W.t("fields.year_after")
                enabled: grid.year < Math.floor(grid.latest / 12)
                onTapped: grid.turned(grid.year + 1)
            }
        }
        Grid {
            id: months
            width: parent.width
            columns: Theme.portrait ? 4 : 6
            spacing: Theme.apart

            Repeater {
                model: 12
                delegate: Tap {
                    id: cell
                    required property int index
                    readonly property int month: grid.year * 12 + index
                    readonly property bool end: month === grid.first || month === grid.last
                    readonly property bool within: grid.first >= 0 && grid.last >= 0 && month > grid.first && month < grid.last

                    objectName: "month:" + grid.name + ":" + (index + 1)
                    name: W.t("fields.year_month", {
                        year: grid.year,
                        month: W.t("fields.month." + (index + 1))
                    })
                    width: (months.width - (months.columns - 1) * months.spacing) / months.columns
                    height: Math.max(Theme.target, said.implicitHeight + Theme.unit * 2)
                    enabled: month >= grid.soonest && month <= grid.furthest
                    role: Accessible.RadioButton
                    Accessible.checkable: true
                    Accessible.checked: end || within
                    onTapped: grid.picked(month)

                    Rectangle {
                        anchors.fill: parent
                        radius: Theme.radius
                        color: cell.end ? Theme.brand : cell.within || cell.pressed ? Theme.brandTint : cell.enabled ? Theme.surface : Theme.sunken
                        border.width: Theme.hair
                        border.color: cell.end || cell.within ? Theme.brand : cell.enabled ? Theme.edge : Theme.line
                    }
                    Words {
                        id: said
                        anchors.centerIn: parent
                        text: W.t("fields.month." + (cell.index + 1))
                        bold: cell.end
                        font.pixelSize: Theme.lead
                        color: cell.end ? Theme.brandInk : cell.enabled ? Theme.ink : Theme.inkFaint
                        lineHeight: 1
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
