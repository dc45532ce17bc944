// More than fits: drag it, or press the strip that says there is more. What has the focus is kept in sight.
import QtQuick
import kiosk.screens.theme

Item {
    id: scroll

    default property alias content: inner.data
    property alias column: inner
    property real bias: 0 // 0: short content stands at the top, 0.5: in the middle
    property real spacing: Theme.space
    property bool tells: true // the strip; without it where room is dear
    readonly property real needed: inner.implicitHeight // to be seen without scrolling
    readonly property bool long: inner.implicitHeight > height + 1
    readonly property bool more: flick.contentHeight > flick.height + 1 && flick.contentY + flick.height < flick.contentHeight - Theme.unit * 2
    readonly property Item focused: Window.activeFocusItem

    function reveal(item: Item) {
        const top = item.mapToItem(inner, 0, 0).y;
        const room = flick.height - Theme.unit * 3; // a line stands in a frame
        if (top < flick.contentY + Theme.unit)
            flick.contentY = Math.max(0, top - Theme.unit);
        else if (top + Math.min(item.height, room) > flick.contentY + room)
            flick.contentY = Math.max(0, Math.min(flick.contentHeight - flick.height, top + Math.min(item.height, room) - room));
    }

    function follow() {
        // The whole question of the line that has the focus, or the line alone where the question is too tall.
        for (let item = scroll.focused; item; item = item.parent)
            if (item.parent === inner)
                scroll.reveal(item.height < flick.height ? item : scroll.focused);
    }

    function toTop() {
        flick.contentY = 0;
    }

    onFocusedChanged: follow()
    onHeightChanged: Qt.callLater(follow)

    Flickable {
        id: flick
        anchors.fill: parent
        anchors.bottomMargin: strip?.visible ? strip.height + Theme.apart : 0
        contentWidth: width
        contentHeight: inner.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick
        interactive: contentHeight > height + 1
        clip: interactive // a straight edge, which every backend can cut

        Column {
            id: inner
            width: flick.width
            y: Math.max(0, (flick.height - implicitHeight) * scroll.bias)
            spacing: scroll.spacing
        }
    }

    NumberAnimation {
        id: glide
        target: flick
        property: "contentY"
        duration: Theme.calm
        easing.type: Easing.OutCubic
    }

    Tap {
        id: strip
        objectName: "more"
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.target
        visible: scroll.tells && scroll.long
        enabled: scroll.more
        name: W.t("nav.more")
        onTapped: {
            glide.to = Math.min(flick.contentHeight - flick.height, flick.contentY + flick.height * 0.8);
            glide.start();
        }

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: strip.pressed ? Theme.brandTint : Theme.sunken
        }
        Row {
            anchors.centerIn: parent
            spacing: Theme.unit
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: scroll.more ? "chevron-down" : "check"
                size: Theme.body * 1.2
                color: Theme.inkSoft
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: scroll.more ? W.t("nav.more") : W.t("nav.no_more")
                font.pixelSize: Theme.small
                color: Theme.inkSoft
                lineHeight: 1
            }
        }
    }
}
