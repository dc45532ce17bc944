// Words for what a part declares. A part from another package may bring none: then its own name is shown.
pragma Singleton
import QtQuick
import kiosk.screens.theme

QtObject {
    function of(key: string, raw: string, args): string {
        return key in W.table ? W.t(key, args) : raw;
    }

    function fits(key: string, raw: string, filter: string): bool {
        return filter === "" || (of(key, raw, {}) + " " + raw + " " + key).toLowerCase().includes(filter.toLowerCase());
    }
}
