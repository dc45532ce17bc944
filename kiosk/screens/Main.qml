// The glass: top bar, one view, keyboard, bottom bar, and what may stand above them. Python (stage.py) paints and listens.
//
// Every control has a stable objectName, by which the scripted tour, the tests and the dock find it:
//   everywhere  nav:back nav:access nav:help nav:end · lang:<language> · voice · more (scrolls on)
//              help:close help:call · help:on help:cancel help:came help:again (while one is called) · still:yes still:end · end:yes end:no
//              access:care access:contrast access:low access:voice access:usual access:close
//              access:reader access:blank access:personal access:room volume:down volume:up · pad:<key of the twelve> size:<0…3> language:<language> · care:yes care:no
//   Attract start · Home search (search:input, search:clear) item:<id> shelf:look_up|get_done|ask shelf:department:<code> shelf:life:<event>
//   Department item:<id> · Item begin · Consent consent:yes consent:no · Face other · Form next back (nothing to choose) · Review go mend
//   Pay method:<method> · Deliver finish · Rate level:<5…1> skip · Apology remedy:<retry|other_way|end> · Goodbye done
//   VolunteerDoor enter volunteer:go input:volunteer_id input:pin input:one_time_code · Volunteer point volunteer:back again volunteer:go minnan listen
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
    property string aside: "" // what a volunteer sees, {name, source, view, seen: the citizen's screen, masked} as JSON; "": none is here
    property Item pointed: null // what a volunteer points at
    property int still: 0 // ms of the "still there?" countdown, 0: nobody asks
    property string station
    property string hotline
    property bool practice: false // nothing here is real: a volunteer learns on it
    property string call: "" // how the call for help stands, as JSON: kiosk.flow.stage.HelpCall
    property var languages: []
    property int settle: 250

    signal replied(int number, string kind, string answer) // kind: answer (JSON), back, leave
    signal stillHere
    signal gone
    signal helps(string deed) // of a volunteer, as JSON
    signal languageWanted(string language)
    signal usualWanted // everything as it was before somebody came
    signal offered(bool taken)
    signal keyed(string key) // one of the twelve keys on the glass was pressed, or is felt
    signal felt(string key)
    signal louder(int steps)
    signal helped(string wish)

    readonly property var painted: picture === "" ? ({ name: "", source: "", view: {} }) : JSON.parse(picture)
    readonly property var view: painted.view
    readonly property var calling: call === "" ? ({ state: "", answer: "", number: "", owner: "", until: "" }) : JSON.parse(call)
    property string shown: ""
    readonly property bool attended: aside !== ""
    property string asked: "" // which of the small questions is open: access, help, end
    property bool offering: false // care mode is offered, set by stage.py after hesitation
    readonly property bool begun: !!view.trail
    readonly property bool whole: view.whole === true
    readonly property real across: width - (pad.visible && !Theme.portrait ? pad.width : 0) // what the twelve keys leave of it
    readonly property real below: pad.visible && Theme.portrait ? pad.height : 0
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
        offering = false;
        settling.restart();
        glass.forceActiveFocus(); // a line that is being typed into does not die with the focus
        stand.setSource(painted.source, { view: painted.view });
        if (painted.name === "AttractView")
            usualWanted();
    }

    onAsideChanged: {
        const told = aside === "" ? { source: "" } : JSON.parse(aside);
        if (told.source === booth.shown) {
            if (booth.item)
                booth.show(told);
            return;
        }
        booth.shown = told.source;
        asked = "";
        glass.forceActiveFocus(); // a line that is being typed into does not die with its focus
        settling.restart();
        booth.setSource(told.source, told.source === "" ? {} : { view: told.view });
        if (booth.item)
            booth.show(told);
    }
    onOfferingChanged: settling.restart() // what stood here has moved up

    Binding {
        target: Theme
        property: "ceiling"
        value: Theme.low ? Math.max(0, glass.height * Theme.reach - stand.y) : 0
    }

    Binding {
        target: Theme
        property: "keys"
        value: keyboard.open
    }

    Binding {
        target: Theme
        property: "covered"
        value: veil.open
    }

    Binding {
        target: Theme
        property: "held"
        value: ["calling", "coming", "officer"].includes(glass.calling.state)
    }

    readonly property bool settled: !settling.running // what stands here may be touched, unless something stands above it

    Timer {
        id: settling
        interval: Math.max(40, glass.settle) // never before everything stands in its place
    }

    Loader {
        id: stand
        objectName: "stand"
        width: glass.across
        anchors.top: glass.whole ? band.bottom : top.bottom
        anchors.bottom: glass.whole ? parent.bottom : keyboard.open ? keyboard.top : offer.visible ? offer.top : bottom.top
        enabled: !settling.running && !veil.open && !glass.attended
        visible: !glass.attended // what was typed stays in it

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

    PracticeBand {
        id: band
        z: 1 // above the veil and the blanked glass, too
        width: parent.width
        height: visible ? implicitHeight : 0
        visible: glass.practice
    }

    Loader {
        id: booth
        objectName: "booth"
        property string shown
        function show(told: var) {
            (booth.item as Scene).view = told.view;
            (booth.item as Scene).seen = told.seen;
        }
        width: glass.across
        anchors.top: glass.whole ? band.bottom : top.bottom
        anchors.bottom: keyboard.open ? keyboard.top : parent.bottom
        anchors.bottomMargin: keyboard.open ? 0 : glass.below
        enabled: !settling.running && !veil.open

        Connections {
            target: booth.item as Scene
            function onAnswered(answer: var) {
                glass.helps(JSON.stringify(answer));
            }
        }
    }

    TopBar {
        id: top
        anchors.top: band.bottom
        width: parent.width
        visible: !glass.whole
        enabled: !veil.open
        station: glass.station
        trail: glass.attended ? null : glass.view.trail || null
        languages: glass.languages
        onLanguageWanted: language => glass.languageWanted(language)
    }

    ServiceCorner {
        anchors.top: band.bottom
        width: Theme.unit * 20
        height: top.height
        visible: glass.painted.name === "AttractView" && !veil.open
        onOpened: glass.reply("answer", JSON.stringify({ service: "door" }))
    }

    BottomBar {
        id: bottom
        width: glass.across
        anchors.bottom: parent.bottom
        anchors.bottomMargin: glass.below
        visible: glass.painted.name !== "" && !glass.whole && !glass.attended && !(keyboard.open && !Theme.portrait)
        enabled: !veil.open && !settling.running
        canBack: glass.view.can_back === true
        canLeave: glass.view.can_leave !== false
        calling: glass.calling.state
        onBack: glass.reply("back", "")
        onAccess: glass.asked = "access"
        onHelp: glass.asked = "help"
        onEnd: glass.wantsEnd()
    }

    CareOffer {
        id: offer
        width: glass.across
        anchors.bottom: bottom.top
        visible: glass.offering && !keyboard.open && bottom.visible
        enabled: bottom.enabled
        onTaken: {
            Theme.care = Theme.voice = true;
            glass.offering = false;
            glass.offered(true);
        }
        onDeclined: {
            glass.offering = false;
            glass.offered(false);
        }
    }

    Keyboard {
        id: keyboard
        width: glass.across
        height: implicitHeight
        anchors.bottom: Theme.portrait && !glass.attended ? bottom.top : parent.bottom
        enabled: !veil.open
    }

    Pointer {
        anchors.fill: parent
        target: glass.pointed
    }

    Item {
        id: veil
        objectName: "veil"
        readonly property bool open: glass.still > 0 || glass.asked !== ""
        anchors.fill: parent
        anchors.topMargin: band.height
        anchors.bottomMargin: glass.below
        anchors.rightMargin: glass.width - glass.across
        visible: open

        AccessSheet {
            visible: glass.asked === "access" && glass.still === 0
            languages: glass.languages
            onClosed: glass.asked = ""
            onLanguageWanted: language => glass.languageWanted(language)
            onUsualWanted: glass.usualWanted()
            onLouder: steps => glass.louder(steps)
        }
        HelpSheet {
            visible: glass.asked === "help" && glass.still === 0
            view: glass.painted.name
            hotline: glass.hotline
            call: glass.calling
            onClosed: glass.asked = ""
            onWished: wish => glass.helped(wish)
            begun: glass.begun
            onVolunteered: {
                glass.asked = "";
                glass.helps(JSON.stringify({ do: "come" }));
            }
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

    Rectangle {
        id: blank
        anchors.fill: parent
        anchors.bottomMargin: glass.below
        anchors.rightMargin: glass.width - glass.across
        visible: Theme.blank
        color: "black"
        MouseArea {
            objectName: "blank:ground" // who stands by shall not see by a touch what was hidden from them
            anchors.fill: parent
            Accessible.ignored: true
        }
        Words {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.margin
            text: W.t("reader.blank")
            font.pixelSize: Theme.lead
            horizontalAlignment: Text.AlignHCenter
            color: "#c8c8c8"
            Accessible.ignored: true
        }
    }

    Keypad {
        id: pad
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: Theme.portrait ? parent.width : implicitWidth
        height: Theme.portrait ? implicitHeight : parent.height - band.height - (top.visible ? top.height : 0)
        visible: Theme.pad
        onKeyed: key => glass.keyed(key)
        onFelt: key => glass.felt(key)
    }
}
