// The common shape: what this screen is about, its content, and what to press, which always stands at the bottom.
// Portrait: one below the other. Landscape: the first on the left, the rest on the right.
import QtQuick
import QtQuick.Layouts
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
    property bool asideStays: false // never above the content
    // The words alone fill the height: the icon gives way.
    readonly property bool crowded: !Theme.portrait && titleWords.implicitHeight + leadWords.implicitHeight + asidePlace.height + Theme.unit * 28 > height
    readonly property bool cramped: Theme.care && !Theme.portrait
    default property alias content: body.content
    property alias actions: bar.data
    property alias body: body
    readonly property real inner: width - 2 * Theme.margin
    readonly property bool low: height < Theme.unit * 70 // the keyboard is up: the header gives way

    Column {
        id: header
        x: Theme.margin
        y: Theme.unit * (page.low ? 2 : 6)
        width: Theme.portrait ? page.inner : page.inner * page.asideWidth
        spacing: Theme.unit * 3

        Rectangle {
            visible: page.icon !== "" && !page.low && !page.crowded
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
            font.pixelSize: page.low ? Theme.heading : Theme.title
            lineHeight: 0.92
        }
        Words {
            id: leadWords
            width: parent.width
            visible: text !== "" && !(page.low && Theme.portrait)
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
        parent: page.cramped && !page.asideStays ? above : asidePlace
        width: parent.width
        spacing: Theme.unit * 3
    }

    Scroll {
        id: body
        objectName: "body"
        bias: page.bias
        tells: !page.low
        anchors.left: Theme.portrait ? page.left : header.right
        anchors.leftMargin: Theme.portrait ? Theme.margin : Theme.unit * 10
        anchors.right: page.right
        anchors.rightMargin: Theme.margin
        anchors.top: Theme.portrait ? header.bottom : page.top
        anchors.topMargin: Theme.unit * (page.low ? 2 : Theme.portrait ? 5 : 6)
        anchors.bottom: bar.top
        anchors.bottomMargin: Theme.unit * (page.low ? 2 : bar.height > 0 && Theme.portrait ? 4 : 3)

        Item {
            id: above
            width: parent ? parent.width : 0
            height: asideColumn.parent === above ? asideColumn.implicitHeight : 0
        }
    }

    RowLayout {
        id: bar
        anchors.left: body.left
        anchors.right: body.right
        anchors.bottom: page.bottom
        anchors.bottomMargin: Theme.unit * (page.low ? 2 : bar.height === 0 ? 0 : Theme.portrait ? 5 : 4)
        spacing: Theme.unit * 3
        uniformCellSizes: true
    }
}
