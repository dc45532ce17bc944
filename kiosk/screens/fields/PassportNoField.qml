// A passport's number: letters and digits. Control: `input:<field>`.
import QtQuick
import kiosk.screens.theme

FormattedField {
    keyboard: "code"
    placeholder: W.t("fields.passport_no")
    most: 17
    allowed: /[A-Z0-9]{0,17}/
}
