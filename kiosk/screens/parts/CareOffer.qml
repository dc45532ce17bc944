// Somebody has not touched anything for a while: an offer above the bottom bar, which covers nothing and may be left alone.
import QtQuick
import kiosk.screens.theme

Rectangle {
    id: offer

    signal taken
    signal declined

    color: Theme.brandTint
    implicitHeight: column.implicitHeight + Theme.unit * 4

    Rectangle {
        width: parent.width
        height: Theme.hair
        color: Theme.brand
    }
    Grid {
        id: column
        x: Theme.margin
        y: Theme.unit * 2
        width: parent.width - 2 * Theme.margin
        columns: Theme.portrait ? 1 : 2
        spacing: Theme.gap
        verticalItemAlignment: Grid.AlignVCenter

        Words {
            width: Theme.portrait ? column.width : column.width * 0.4
            text: W.t("offer.text")
            bold: true
            font.pixelSize: Theme.lead
            color: Theme.brandDeep
            lineHeight: 1
        }
        Actions {
            width: Theme.portrait ? column.width : column.width * 0.6 - column.spacing
            SecondaryButton {
                objectName: "care:no"
                text: W.t("offer.no")
                onTapped: offer.declined()
            }
            PrimaryButton {
                objectName: "care:yes"
                text: W.t("offer.yes")
                icon: "account-heart"
                onTapped: offer.taken()
            }
        }
    }
}
