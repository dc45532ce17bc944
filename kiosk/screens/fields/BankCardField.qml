// A bank card's number, in fours as it stands on the card. Control: `input:<field>`.
import QtQuick
import kiosk.screens.theme

FormattedField {
    placeholder: W.t("fields.bank_card")
    most: 19
    grouped: text => (text.match(/.{1,4}/g) || []).join("  ")
    allowed: /[0-9]{0,19}/
}
