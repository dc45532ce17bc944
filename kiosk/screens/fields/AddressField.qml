// An address in Xiamen: district, then subdistrict or town, then road and house in words. `option.value` is "350203/中华街道", `group` the district.
// Controls: `option:<field>:<district>`, `option:<field>:<district>/<street>`, `input:<field>`, `change:<field>` (another district).
// The value is "350203/中华街道/思明南路1号"; a part that is missing is empty, so that half an address is kept too.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme

FieldFrame {
    id: address

    readonly property var options: field.options || []
    property string district
    property string street
    property bool ready: false // nothing is put together before everything is there
    readonly property var here: options.filter(option => option.value.startsWith(district + "/"))
    readonly property string written: district === "" && street === "" && entry.text === "" ? "" : [district, street, entry.text].join("/")
    readonly property var districts: {
        const names = {};
        for (const option of options)
            names[option.value.split("/")[0]] = W.of(option.group);
        return Object.keys(names).map(id => ({
                    id: id,
                    text: names[id]
                }));
    }

    function choose(id: string) {
        moved();
        district = id;
        street = "";
    }

    // Only what comes from outside is taken apart; what is put together here is known already.
    function take() {
        if (!ready || value === written)
            return;
        const given = value;
        const parts = given.split("/");
        const known = options.some(option => option.value.startsWith(parts[0] + "/"));
        district = known ? parts[0] : "";
        street = known && parts.length > 1 ? parts[1] : "";
        entry.text = known ? parts.slice(2).join("/") : given; // an address in words alone is not lost: it is completed
    }
    onValueChanged: take()
    onWrittenChanged: if (ready)
        value = written
    Component.onCompleted: {
        ready = true;
        take();
    }

    Cells {
        width: parent.width
        visible: address.district === ""
        prefix: "option:" + address.name + ":"
        most: Theme.portrait ? 3 : 6
        cells: address.district === "" ? address.districts : []
        onPicked: id => address.choose(id)
    }
    Picked {
        width: parent.width
        visible: address.district !== ""
        field: address.name
        text: address.here.length > 0 ? W.t("fields.address.city") + " " + W.of(address.here[0].group) : ""
        onTapped: address.choose("")
    }
    Cells {
        width: parent.width
        visible: address.district !== ""
        prefix: "option:" + address.name + ":"
        chosen: address.district + "/" + address.street
        cells: address.district === "" ? [] : address.here.map(option => ({
                    id: option.value,
                    text: W.of(option.label)
                }))
        onPicked: id => address.street = id.split("/")[1]
    }
    TextEntry {
        id: entry
        width: parent.width
        name: address.name
        caption: address.label
        keyboard: W.language === "en" ? "latin" : "pinyin"
        placeholder: W.t("fields.address.rest")
        most: address.field.max > 0 ? address.field.max : 80
        wrong: address.wrong !== ""
    }
}
