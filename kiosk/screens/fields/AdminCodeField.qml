// A city of the country: first its province, then the city. `option.group` is the province, `value` the GB/T 2260 code of the city.
// Controls: `option:<field>:<first two digits>` (province), `option:<field>:<code>` (city), `change:<field>` (another province).
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: city

    readonly property var options: field.options || []
    property string province: value.slice(0, 2)
    readonly property var here: options.filter(option => option.value.slice(0, 2) === province)
    readonly property var provinces: {
        const names = {};
        for (const option of options)
            names[option.value.slice(0, 2)] = W.of(option.group);
        return Object.keys(names).sort().map(id => ({
                    id: id,
                    text: names[id]
                }));
    }

    function choose(id: string) {
        moved();
        province = id;
        value = here.length === 1 ? here[0].value : ""; // a city that is a province by itself
    }

    onValueChanged: if (value !== "" && province !== value.slice(0, 2))
        province = value.slice(0, 2)

    Cells {
        width: parent.width
        visible: city.here.length === 0
        prefix: "option:" + city.name + ":"
        cells: city.here.length === 0 ? city.provinces : []
        onPicked: id => city.choose(id)
    }
    Picked {
        width: parent.width
        visible: city.here.length > 0
        field: city.name
        text: city.here.length > 0 ? W.of(city.here[0].group) : ""
        onTapped: {
            city.moved();
            city.province = "";
        }
    }
    Cells {
        width: parent.width
        visible: city.here.length > 1
        prefix: "option:" + city.name + ":"
        chosen: city.value
        cells: city.here.map(option => ({
                    id: option.value,
                    text: W.of(option.label)
                }))
        onPicked: id => city.value = id
    }
}
