// The glass: top bar, one view, keyboard, bottom bar, and what may stand above them. Python (stage.py) paints and listens.
//
// Every control has a stable objectName, by which the scripted tour, the tests and the dock find it:
//   everywhere  nav:back nav:help nav:end · lang:<language> · care · more (scrolls on) · help:close · still:yes still:end · end:yes end:no
//   Attract start · Home search (search:input, search:clear) item:<id> shelf:look_up|get_done|ask shelf:department:<code> shelf:life:<event>
//   Department item:<id> · Item begin · Consent consent:yes consent:no · Face other · Form next back (nothing to choose) · Review go mend
//   Pay method:<method> · Deliver finish · Rate level:<5…1> skip · Apology remedy:<retry|other_way|end> · Goodbye done
// A control acts only when it is visible and enabled; a new view is enabled after `settle` ms, so that the second
// tap of a double tap on the screen before does not press a button of this one.
pragma ComponentBehavior: Bound
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.keyboard

Rectangle {
    id: glass

    // Given by stage.py.
    property string picture: "" // {name, source, view} as JSON
    property int asking: 0 // the number of the question that is open, 0: none
    property int still: 0 // ms of the "still there?" countdown, 0: nobody asks
    property string station
    property string hotline
    property var languages: ["zh_Hans", "en"]
    property int settle: 250

    signal replied(int number, string kind, string answer) // kind: answer (JSON), back, leave
    signal stillHere
    signal gone
    signal languageWanted(string language)

    readonly property var painted: picture === "" ? ({ name: "", source: "", view: {} }) : JSON.parse(picture)
    readonly property var view: painted.view
    property string shown: ""
    property string asked: "" // which of the small questions is open: help, end
    readonly property bool begun: !!view.trail
    property bool leaving: false // "end" was said while nobody asked: the next question hears it

    function reply(kind: string, answer: string) {
        if (asking > 0)
            replied(asking, kind, answer);
    }

    function wantsEnd() {
        if (begun)
            asked = "end";
        else
            leave();
    }

    function leave() {
        leaving = asking === 0;
        reply("leave", "");
    }

    color: Theme.paper
    onAskingChanged: if (asking > 0 && leaving) {
        leaving = false;
        if (view.can_leave !== false)
            reply("leave", "");
    }
    onWidthChanged: Theme.width = width
    onHeightChanged: Theme.height = height
    onPaintedChanged: {
        if (painted.source !== "" && painted.source === shown) {
            (stand.item as Scene).view = painted.view;
            return;
        }
        shown = painted.source;
        asked = "";
        settling.restart();
        stand.setSource(painted.source, { view: painted.view });
    }

    Timer {
        id: settling
        interval: Math.max(40, glass.settle) // never before everything stands in its place
    }

    Loader {
        id: stand
        objectName: "stand"
        width: parent.width
        anchors.top: top.bottom
        anchors.bottom: keyboard.open ? keyboard.top : bottom.top
        enabled: !settling.running && !veil.open

        Connections {
            target: stand.item as Scene
            function onAnswered(answer: var) {
                glass.reply("answer", JSON.stringify(answer));
            }
            function onBack() {
                glass.reply("back", "");
            }
            function onLeave() {
                glass.wantsEnd();
            }
        }
    }

    TopBar {
        id: top
        width: parent.width
        enabled: !veil.open
        station: glass.station
        trail: glass.view.trail || null
        languages: glass.languages
        onLanguageWanted: language => glass.languageWanted(language)
        onCareWanted: care => Theme.care = care
    }

    BottomBar {
        id: bottom
        width: parent.width
        anchors.bottom: parent.bottom
        visible: glass.painted.name !== "" && !(keyboard.open && !Theme.portrait)
        enabled: !veil.open && !settling.running
        canBack: glass.view.can_back === true
        canLeave: glass.view.can_leave !== false
        onBack: glass.reply("back", "")
        onHelp: glass.asked = "help"
        onEnd: glass.wantsEnd()
    }

    Keyboard {
        id: keyboard
        width: parent.width
        height: implicitHeight
        anchors.bottom: Theme.portrait ? bottom.top : parent.bottom
        enabled: !veil.open
    }

    Item {
        id: veil
        readonly property bool open: glass.still > 0 || glass.asked !== ""
        anchors.fill: parent
        visible: open

        HelpSheet {
            visible: glass.asked === "help" && glass.still === 0
            view: glass.painted.name
            hotline: glass.hotline
            onClosed: glass.asked = ""
        }
        EndSheet {
            visible: glass.asked === "end" && glass.still === 0
            onStay: glass.asked = ""
            onEnded: {
                glass.asked = "";
                glass.leave();
            }
        }
        StillSheet {
            visible: glass.still > 0
            milliseconds: glass.still
            onHere: glass.stillHere()
            onEnd: glass.gone()
        }
    }
}
