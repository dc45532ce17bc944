// The six digits of a text message, a large box each. Control: `input:<field>`.
import QtQuick

FieldFrame {
    id: otp

    onValueChanged: if (boxes.text !== value)
        boxes.text = value

    Boxes {
        id: boxes
        width: parent.width
        name: otp.name
        caption: otp.label
        count: 6
        wrong: otp.wrong !== ""
        validator: RegularExpressionValidator {
            regularExpression: /[0-9]{0,6}/
        }
        onTextChanged: otp.value = boxes.text
    }
}
