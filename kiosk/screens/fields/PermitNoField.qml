// The number of a permit to Hong Kong and Macao or to Taiwan: a letter and eight digits, or CA and seven. Control: `input:<field>`.
import QtQuick
import kiosk.screens.theme

FormattedField {
    id: permit

    keyboard: "code"
    placeholder: W.t(field.pattern === "hkmo_permit" ? "fields.permit_no.hkmo" : field.pattern === "taiwan_permit" ? "fields.permit_no.taiwan" : "fields.permit_no")
    most: 9
    grouped: text => [text.slice(0, 1), text.slice(1, 5), text.slice(5)].filter(part => part !== "").join("  ")
    allowed: permit.field.pattern === "hkmo_permit" ? /C([A-HJ-NP-Z0-9][0-9]{0,7})?|[HW][0-9]{0,8}/ : permit.field.pattern === "taiwan_permit" ? /[LT][0-9]{0,8}/ : /C([A-HJ-NP-Z0-9][0-9]{0,7})?|[HWLT][0-9]{0,8}/
}
