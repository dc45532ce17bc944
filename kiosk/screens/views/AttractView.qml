// Nobody is here: who I am, what I do, and one thing to press. The whole glass answers to a touch.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Scene {
    id: screen

    // What one needs to know; who answers for this terminal and what is out; then one department after the other, two services each time
    // round. Of each row the icon and the words; three rows at most.
    readonly property var slides: [
        [["clock-outline", view.hours ? W.t("attract.hours", { hours: view.hours }) : W.t("attract.always")], ["card-account-details-outline", W.t("attract.bring")], ["account-heart-outline", W.t("attract.helper")]],
        ...(about.length > 0 ? [about] : []),
        ...(asks ? [[]] : []),
        ...(view.groups || []).map(group => [[group.icon, W.of(group.title)], ...[0, 1].slice(0, group.items.length).map(place => ["check", W.of(group.items[(2 * round + place) % group.items.length])])])
    ]
    readonly property var about: [...(view.keeper ? [["account-wrench-outline", W.t("attract.keeper", { keeper: view.keeper })]] : []), ...(view.closed > 0 ? [["information-outline", W.t("attract.closed", { count: view.closed })]] : [])]
    // The poll has a turn of its own. Not in the low layout, where its answers would lie above what who sits reaches, nor in large type, for
    // which fewer things to press are better.
    readonly property bool asks: (view.poll || null) !== null && !Theme.low && Theme.level < 2
    readonly property bool polling: asks && turn === (about.length > 0 ? 2 : 1)
    property int turn: 0
    property int round: 0
    readonly property var rows: slides[Math.min(turn, slides.length - 1)]

    function next() {
        turn = (turn + 1) % slides.length;
        if (turn === 0)
            round += 1;
    }

    Timer { // words are put in the place of words: one small repaint, and nothing in between
        interval: screen.polling ? 15000 : 6000 // a question is read, thought of, and reached for
        repeat: true
        running: screen.visible && screen.slides.length > 1 && !Theme.covered && !Theme.blank && !Theme.reader
        onTriggered: screen.next()
    }

    Tap {
        id: start
        objectName: "start"
        anchors.fill: parent
        name: W.t("attract.start")
        onTapped: screen.answered({})

        Column {
            id: words
            property real tallest: 0 // of all turns so far: what stands above the rows stays where it is
            readonly property string look: W.language + Theme.level + Theme.portrait
            onHeightChanged: tallest = Math.max(tallest, height)
            onLookChanged: Qt.callLater(() => tallest = height)
            x: Theme.margin
            y: Theme.portrait ? Math.max(Theme.unit * 4, (call.y - tallest) * 0.45) : Math.max(Theme.unit * 4, (parent.height - tallest) * 0.4)
            width: Theme.portrait ? parent.width - 2 * Theme.margin : parent.width * 0.5
            spacing: Theme.unit * (Theme.level >= 2 ? 2 : 4)

            Words {
                width: parent.width
                text: W.t("attract.title")
                bold: true
                font.pixelSize: Theme.portrait && Theme.level < 3 ? Theme.display * 1.15 : Theme.level >= 2 ? Theme.title : Theme.display
                lineHeight: 0.92
                color: Theme.brand
            }
            Words {
                width: parent.width
                text: screen.view.items > 0 ? W.t("attract.lead_items", { items: screen.view.items }) : W.t("attract.lead")
                font.pixelSize: Theme.heading
                color: Theme.inkSoft
            }
            Column {
                id: promises
                width: parent.width
                topPadding: Theme.unit * (Theme.portrait ? 6 - Theme.level : 2)
                spacing: Theme.unit * (Theme.portrait && Theme.level < 2 ? 5 : 3)
                Item {
                    id: place
                    width: parent.width
                    height: poll.implicitHeight
                    visible: screen.polling
                }
                Repeater {
                    model: screen.rows
                    Row {
                        id: promise
                        required property var modelData
                        required property int index
                        spacing: Theme.unit * 3
                        Rectangle {
                            width: Theme.unit * 10
                            height: width
                            radius: Theme.radius
                            color: Theme.brandTint
                            Icon {
                                anchors.centerIn: parent
                                name: promise.modelData[0]
                                size: Theme.unit * 6
                            }
                        }
                        Words {
                            anchors.verticalCenter: parent.verticalCenter
                            width: words.width - Theme.unit * 13
                            text: promise.modelData[1]
                            bold: screen.turn > screen.slides.length - 1 - (screen.view.groups || []).length && promise.index === 0 // the department
                            font.pixelSize: Theme.lead
                        }
                    }
                }
            }
        }

        Rectangle {
            id: call
            x: Theme.portrait ? Theme.margin : parent.width * 0.58
            width: Theme.portrait ? parent.width - 2 * Theme.margin : parent.width * 0.42 - Theme.margin
            height: Theme.portrait ? Math.max(Theme.unit * 30, inside.height + Theme.unit * 4, Math.min(Theme.unit * 46, foot.y - words.tallest - Theme.unit * 20)) : Math.min(Theme.unit * 56, foot.y - Theme.unit * 10)
            y: Theme.portrait ? foot.y - height - Theme.unit * 6 : (foot.y - height) / 2
            radius: Theme.radiusLarge
            color: Theme.brand

            Column {
                id: inside
                anchors.centerIn: parent
                width: parent.width - Theme.unit * 8
                spacing: Theme.unit * 2
                Icon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    name: "gesture-tap"
                    size: Theme.unit * (Theme.portrait && Theme.level >= 3 ? 6 : 16)
                    color: Theme.brandInk
                }
                Words {
                    width: parent.width
                    text: W.t("attract.start")
                    bold: true
                    font.pixelSize: Theme.title
                    lineHeight: 0.92
                    horizontalAlignment: Text.AlignHCenter
                    color: Theme.brandInk
                }
            }
        }

        Column {
            id: foot
            x: call.x
            width: call.width
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.unit * (Theme.portrait ? 6 : 4)
            spacing: Theme.unit * 2
            Notice {
                width: parent.width
                kind: "warn"
                size: Theme.small
                text: screen.view.demo ? W.t("demo.notice") : ""
            }
            Words {
                width: parent.width
                text: W.t("attract.place", { place: screen.view.place || screen.view.station || "", hotline: screen.view.hotline || "" })
                font.pixelSize: Theme.small
                color: Theme.inkSoft
                lineHeight: 0.92
            }
        }

        Card { // above what hears the large touch: one who answers does not begin
            id: poll
            parent: start
            objectName: "poll"
            z: 1
            visible: screen.polling
            x: words.x
            y: words.y + promises.y + place.y
            width: words.width
            implicitHeight: question.implicitHeight + Theme.unit * 6

            Column {
                id: question
                x: Theme.unit * 3
                y: Theme.unit * 3
                width: parent.width - Theme.unit * 6
                spacing: Theme.unit * 2
                Words {
                    width: parent.width
                    text: W.t("attract.poll")
                    font.pixelSize: Theme.small
                    color: Theme.inkSoft
                    lineHeight: 0.92
                }
                Words {
                    width: parent.width
                    text: screen.asks ? W.of(screen.view.poll.thanked ? { key: "attract.poll.thanks", args: {} } : screen.view.poll.question) : ""
                    bold: true
                    font.pixelSize: Theme.lead
                    lineHeight: 1
                }
                Picks {
                    width: parent.width
                    prefix: "poll:"
                    most: 3
                    picks: screen.asks && !screen.view.poll.thanked ? screen.view.poll.choices.map(one => ({ id: one.id, text: W.of(one.title) })) : []
                    onPicked: id => screen.answered({ poll: id })
                }
            }
        }
    }
}
