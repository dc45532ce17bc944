// The common shape: what this screen is about, its content, and what to press, which always stands at the bottom.
// Portrait, and the low layout: one below the other. Landscape: the first on the left, the rest on the right.
import QtQuick
import kiosk.screens.theme

Item {
    id: page

    property string icon
    property string title
    property string lead
    property color tone: Theme.brand
    property color toneTint: Theme.brandTint
    property real bias: 0.35 // where short content stands between header and actions
    property real asideWidth: 0.36 // landscape: share of the header's column
    property alias aside: asideColumn.data // stands below the lead, or above the content where it has no room
    property bool asideStays: false // never above the content, unless it is out of reach otherwise
    property bool passive: false // nothing but the actions is to be touched: the low layout may leave it where it is
    default property alias content: body.content
    property alias actions: bar.data
    property alias body: body
    readonly property real inner: width - 2 * Theme.margin
    readonly property bool typing: height < Theme.unit * 70 // the keyboard is up: the header gives way
    readonly property bool low: Theme.low && !passive
    readonly property bool squeezed: low && Theme.keys // what is left belongs to the line that is typed into: the keyboard's last key closes it
    // What the content has without scrolling.
    readonly property real room: body.height - (header.parent === top ? top.height + body.spacing : 0) - (asideBelow ? above.height + body.spacing : 0)
    readonly property bool beside: !Theme.portrait && !low
    readonly property bool cramped: Theme.level >= 2 && !Theme.portrait
    readonly property bool asideBelow: low || (cramped && !asideStays)
    // The words alone fill the height: the icon gives way; and if that is not enough, they scroll with the content.
    readonly property real said: titleWords.implicitHeight + (leadWords.visible ? leadWords.implicitHeight : 0) + asidePlace.height
    readonly property bool crowded: said + Theme.unit * 28 > (beside ? height : low ? Theme.ceiling : height * 0.5)
    readonly property bool overflows: !beside && header.implicitHeight + Theme.unit * 4 > (low ? Math.max(Theme.ceiling, Theme.height * 0.15) : Theme.height * 0.42)
    property bool lifted: false // stays: a line that is being typed into must not change its place

    function lift() {
        if (overflows)
            lifted = true;
    }

    onOverflowsChanged: Qt.callLater(lift)

    Column {
        id: header
        parent: page.beside ? left.column : page.lifted ? top : page
        x: parent === page ? Theme.margin : 0
        y: parent === page ? Theme.unit * (page.typing ? 2 : page.crowded ? 4 : 6) : 0
        width: page.beside ? left.width : page.inner
        spacing: Theme.unit * (page.crowded ? 2 : 3)

        Rectangle {
            visible: page.icon !== "" && !page.typing && !page.crowded
            width: Theme.unit * 13
            height: width
            radius: Theme.radiusLarge
            color: page.toneTint
            Icon {
                anchors.centerIn: parent
                name: page.icon
                size: Theme.unit * 8
                color: page.tone
            }
        }
        Words {
            id: titleWords
            width: parent.width
            visible: text !== ""
            text: page.title
            bold: true
            font.pixelSize: page.typing ? Theme.heading : Theme.title
            lineHeight: 0.92
        }
        Words {
            id: leadWords
            width: parent.width
            visible: text !== "" && !(page.typing && !page.beside)
            text: page.lead
            font.pixelSize: Theme.lead
            color: Theme.inkSoft
        }
        Item {
            id: asidePlace
            width: parent.width
            height: asideColumn.parent === asidePlace ? asideColumn.implicitHeight : 0
        }
    }

    Column {
        id: asideColumn
        parent: page.asideBelow ? above : asidePlace
        width: parent.width
        spacing: Theme.unit * 3
    }

    Scroll {
        id: left
        objectName: "header"
        visible: page.beside
        x: Theme.margin
        y: Theme.unit * (page.typing ? 2 : 6)
        width: page.inner * page.asideWidth
        height: page.height - y - Theme.unit * 3
        tells: !page.typing
    }

    Scroll {
        id: body
        objectName: "body"
        bias: page.bias
        tells: !page.typing && !page.squeezed && !(Theme.low && Theme.pad) // above the twelve keys the strip would stand out of reach
        x: page.beside ? left.x + left.width + Theme.unit * 10 : Theme.margin
        y: page.beside ? Theme.unit * (page.typing ? 2 : 6) : Math.max(page.low ? Theme.ceiling : 0, page.lifted ? Theme.unit * 2 : header.y + header.height + Theme.unit * (page.typing ? 2 : 5))
        width: page.width - Theme.margin - x
        height: bar.y - y - Theme.unit * (page.typing ? 2 : bar.height > 0 && !page.beside ? 4 : 3)

        Item {
            id: top
            width: parent ? parent.width : 0
            height: header.parent === top ? header.implicitHeight : 0
        }
        Item {
            id: above
            width: parent ? parent.width : 0
            height: asideColumn.parent === above ? asideColumn.implicitHeight : 0
        }
    }

    Actions {
        id: bar
        x: body.x
        width: body.width
        visible: !page.squeezed
        y: page.height - height - Theme.unit * (page.typing ? 2 : bar.height === 0 ? 0 : page.beside || Theme.pad ? 4 : 5)
        height: visible ? implicitHeight : 0
    }
}
