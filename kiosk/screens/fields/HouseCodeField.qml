// The code of a rented house: 3502 and 8 to 14 digits. Control: `input:<field>`.
import QtQuick
import kiosk.screens.theme

FormattedField {
    placeholder: W.t("fields.house_code")
    most: 18
    grouped: text => [text.slice(0, 6), ...(text.slice(6).match(/.{1,4}/g) || [])].filter(part => part !== "").join("  ")
    allowed: /[0-9]{0,18}/
}
