// The dev dock: everything around the terminal that is simulated, painted from what each part declares (kiosk.world.panel).
// Python (window.py) tells how things stand and listens to what is pulled. Nothing here knows a kind of device.
//
// objectNames, as on the tour's command line: panel:<role> · <role>.<lever> · <role>.<lever>=<value> · line:<role>.<lever> to write in
//   <role>.<lever>:<parameter> to pick from · <role>.<fact>:<key> what stands · filter · paper:<role>:<0 the newest, 1 …>
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Rectangle {
    id: dock

    property string people: "[]" // JSON: id, name, portrait
    property string parts: "[]" // JSON: kiosk.world.panel of each
    property string stands: "{}" // JSON: role → fact → what is so
    property string papers: "{}" // JSON: role → URLs, the newest first
    signal pulled(string role, string lever, string value)
    signal typing(bool on)

    readonly property var citizens: JSON.parse(people)
    readonly property var world: JSON.parse(parts)
    readonly property var now: JSON.parse(stands)
    readonly property var out: JSON.parse(papers)
    readonly property bool gone: Object.values(now).some(part => "gone" in part)

    color: Theme.paper

    // What somebody waits for is opened and brought into sight: the order that can be paid, the paper that came out.
    function bring(panel: Panel) {
        panel.open = true;
        Qt.callLater(glideTo, panel);
    }

    function glideTo(panel: Panel) {
        const above = panel.y;
        const below = panel.y + panel.height + 2 * Theme.gap - flick.height;
        glide.to = Math.max(0, above < flick.contentY ? above : Math.min(above, Math.max(below, flick.contentY)));
        glide.restart();
    }

    Rectangle {
        id: top
        z: 1
        width: parent.width
        height: head.implicitHeight + 2 * Theme.gap
        color: Theme.paper

        Column {
            id: head
            x: Theme.gap
            y: Theme.gap
            width: parent.width - 2 * Theme.gap
            spacing: Theme.unit

            Item {
                width: parent.width
                height: Theme.target
                Words {
                    id: title
                    anchors.verticalCenter: parent.verticalCenter
                    text: W.t("dock.title")
                    bold: true
                    font.pixelSize: Theme.heading
                    color: Theme.brand
                    lineHeight: 1
                }
                Entry {
                    id: filter
                    anchors.left: title.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: parent.right
                    name: "filter"
                    text: W.t("dock.filter")
                    button: false
                    onTyping: on => dock.typing(on)
                }
            }
            Notice {
                width: parent.width
                kind: "bad"
                size: Theme.small
                text: dock.gone ? W.t("dock.gone") : ""
            }
        }
    }

    Flickable {
        id: flick
        anchors.top: top.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        contentWidth: width
        contentHeight: column.implicitHeight + Theme.gap
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick
        interactive: contentHeight > height

        Column {
            id: column
            x: Theme.gap
            width: flick.width - 2 * Theme.gap
            spacing: Theme.unit

            Repeater {
                model: dock.world
                Panel {
                    id: panel
                    required property var modelData
                    required property int index
                    readonly property string waiting: modelData.reliefs.map(fact => now[fact] ?? "").join("")
                    readonly property string newest: sheets[0] ?? ""
                    width: column.width
                    part: modelData
                    now: dock.now[modelData.role] ?? {}
                    people: dock.citizens
                    sheets: dock.out[modelData.role] ?? []
                    filter: filter.value
                    open: index < 2
                    onPulled: (lever, value) => dock.pulled(modelData.role, lever, value)
                    onTyping: on => dock.typing(on)
                    onEnlarged: source => reading.read(source)
                    onNewestChanged: if (newest !== "")
                        dock.bring(panel)
                    onWaitingChanged: if (waiting !== "")
                        dock.bring(panel)
                }
            }
            Words {
                width: parent.width
                visible: filter.value !== "" && column.children.every(one => !(one as Panel)?.visible)
                text: W.t("dock.no_hit")
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    NumberAnimation {
        id: glide
        target: flick
        property: "contentY"
        duration: Theme.calm
        easing.type: Easing.OutCubic
    }

    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: Theme.hair
        visible: flick.interactive
        width: Theme.unit
        radius: width / 2
        color: Theme.edge
        opacity: 0.6
        y: flick.y + flick.visibleArea.yPosition * flick.height
        height: flick.visibleArea.heightRatio * flick.height
    }

    Enlarged {
        id: reading
    }
}
