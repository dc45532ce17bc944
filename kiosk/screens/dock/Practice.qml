// The trainer's panel beside the glass: who comes, what to do, what is at hand, and afterwards what was achieved and what was missed.
// Python (kiosk/practice/room.py) tells which page it shows and listens to what is wanted; nothing here knows a case.
//
// objectNames: practice:<what is wanted> · case:<id> · <role>.<lever> of what is at hand · line:practice:sign to write in
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts

Rectangle {
    id: practice

    property string told: "{}" // JSON: page, and what stands on it
    property string stands: "{}" // JSON: role → fact → what is so
    property string papers: "{}" // JSON: what came out; the glass says it as well
    signal pulled(string role, string lever, string value)
    signal typing(bool on)
    signal wanted(string what, string which)

    readonly property var now: JSON.parse(told)
    readonly property string page: now.page || ""
    readonly property var world: JSON.parse(stands)
    readonly property string code: (world.phone || {}).code || ""

    color: Theme.paper
    onPageChanged: flick.contentY = 0

    PracticeBand {
        id: band
        z: 1
        width: parent.width
        height: implicitHeight + Theme.unit
    }

    Flickable {
        id: flick
        anchors.top: band.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        contentWidth: width
        contentHeight: column.implicitHeight + 2 * Theme.gap
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick
        interactive: contentHeight > height
        clip: true

        Column {
            id: column
            x: Theme.gap
            y: Theme.gap
            width: flick.width - 2 * Theme.gap
            spacing: Theme.gap

            Words {
                width: parent.width
                text: practice.page === "case" || practice.page === "result" ? practice.now.case.number + "  " + W.of(practice.now.case.title) : W.t("practice.title")
                bold: true
                font.pixelSize: Theme.heading
                color: Theme.brand
            }
            Loader {
                width: parent.width
                sourceComponent: ({ sign: sign, choose: choose, opening: opening, case: work, result: result, certificate: certificate })[practice.page] || null
            }
            Notice {
                width: parent.width
                kind: "bad"
                size: Theme.small
                text: W.of(practice.now.trouble)
            }
        }
    }

    component Wish: Switch {
        property string what
        property string which: ""
        objectName: "practice:" + what
        onTapped: practice.wanted(what, which)
    }

    Component {
        id: sign
        Column {
            spacing: Theme.gap
            Words {
                width: parent.width
                text: W.t("practice.sign")
            }
            Entry {
                width: parent.width
                name: "practice:sign"
                text: W.t("practice.sign.name")
                verb: W.t("practice.sign.go")
                onGiven: value => practice.wanted("sign", value)
                onTyping: on => practice.typing(on)
            }
            Words {
                width: parent.width
                text: W.t("practice.invented")
                color: Theme.inkSoft
            }
        }
    }

    Component {
        id: choose
        Column {
            spacing: Theme.unit * 1.5
            Words {
                width: parent.width
                text: W.t("practice.choose", { name: practice.now.name, passed: practice.now.passed, of: practice.now.cases.length })
                bold: true
            }
            Repeater {
                model: practice.now.cases
                PracticeCase {
                    required property var modelData
                    width: parent ? parent.width : 0
                    one: modelData
                    onTapped: practice.wanted("choose", modelData.id)
                }
            }
            Notice {
                width: parent.width
                kind: "good"
                size: Theme.small
                text: practice.now.badge ? W.t("practice.badge", { badge: practice.now.badge }) + "\n" + W.t("practice.badge.note") : ""
            }
            Flow {
                width: parent.width
                spacing: Theme.unit
                Wish {
                    what: "certificate"
                    visible: !!practice.now.badge
                    text: W.t("practice.show")
                    icon: "certificate-outline"
                }
                Wish {
                    what: "another"
                    text: W.t("practice.another")
                    icon: "account-switch"
                }
            }
        }
    }

    Component {
        id: opening
        Words {
            text: W.t("practice.opening")
        }
    }

    Component {
        id: work
        PracticeWork {
            one: practice.now.case
            world: practice.world
            code: practice.code
            onPulled: (role, lever, value) => practice.pulled(role, lever, value)
            onWanted: what => practice.wanted(what, "")
        }
    }

    Component {
        id: result
        Column {
            spacing: Theme.unit * 1.5
            Notice {
                width: parent.width
                kind: practice.now.result.passed ? "good" : "warn"
                text: W.t(practice.now.result.passed ? "practice.passed" : "practice.failed") + "  " + W.t("practice.score", practice.now.result)
            }
            Repeater {
                model: practice.now.result.checks
                PracticeCheck {
                    required property var modelData
                    width: parent ? parent.width : 0
                    one: modelData
                }
            }
            Words {
                width: parent.width
                visible: practice.now.result.hints > 0
                text: W.t("practice.hints_used", { count: practice.now.result.hints, points: practice.now.result.cost })
                color: Theme.inkSoft
            }
            Flow {
                width: parent.width
                spacing: Theme.unit
                Wish {
                    what: "again"
                    text: W.t("practice.again")
                    icon: "restart"
                }
                Wish {
                    what: "all"
                    text: W.t("practice.all")
                    icon: "format-list-numbered"
                }
            }
        }
    }

    Component {
        id: certificate
        Column {
            spacing: Theme.gap
            Notice {
                width: parent.width
                kind: "good"
                size: Theme.small
                text: W.t("practice.badge", { badge: practice.now.badge }) + "\n" + W.t("practice.badge.note")
            }
            Image {
                objectName: "practice:slip"
                width: parent.width
                height: implicitHeight * width / Math.max(1, implicitWidth)
                source: practice.now.picture || ""
                cache: false
                mipmap: true
                fillMode: Image.PreserveAspectFit
                Accessible.role: Accessible.Graphic
                Accessible.name: W.t("practice.certificate.title")
            }
            Wish {
                what: "all"
                text: W.t("practice.all")
                icon: "format-list-numbered"
            }
        }
    }
}
