// A number plate: province, letter, five characters, six on the green plates of new energy. It begins with 闽D, as most plates here do;
// 闽D alone is no answer. Control: `input:<field>`; its keyboard shows the provinces while nothing is typed.
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

FieldFrame {
    id: plate

    readonly property string usual: "闽D"

    Component.onCompleted: if (value === "")
        boxes.text = usual
    onValueChanged: if (value !== "" && boxes.text !== value)
        boxes.text = value

    Boxes {
        id: boxes
        width: parent.width
        name: plate.name
        caption: plate.label
        keyboard: "plate"
        count: 8
        needed: 7
        dot: 2
        wrong: plate.wrong !== ""
        validator: RegularExpressionValidator {
            regularExpression: /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{0,5}[A-HJ-NP-Z0-9挂学警港澳]?/
        }
        onTextChanged: plate.value = boxes.text === plate.usual ? "" : boxes.text
    }
    Words {
        width: parent.width
        text: W.t("fields.plate.green")
        font.pixelSize: Theme.small
        color: Theme.inkSoft
    }
}
