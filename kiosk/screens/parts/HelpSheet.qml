// What to do on this screen and who helps; it never ends the visit. A person is called from here, and the call goes on when it is closed.
import QtQuick
import kiosk.screens.theme

Sheet {
    id: help

    property string view
    property string hotline
    property var call: ({}) // kiosk.flow.stage.HelpCall
    readonly property string stands: call.state ?? ""
    readonly property bool running: ["calling", "coming", "officer"].includes(stands)
    readonly property bool over: stands !== "" && !running
    signal closed
    property bool begun // a visit: only then is there something to be masked
    signal volunteered
    signal wished(string wish)

    function close() {
        closed();
        if (over)
            wished("seen");
    }

    icon: stands === "" ? "account-question" : stands === "coming" ? "account-heart" : stands === "answered" ? "message-reply-text" : stands === "left" ? "message-text-outline" : "bell-ring"
    title: W.t(stands === "" ? "help.title" : "help." + stands)
    text: stands === "" ? (view === "" ? "" : W.t("help." + view)) : stands === "answered" ? "" : W.t("help." + stands + (stands === "left" && call.number === "" ? ".unsent" : ".text"))
    actions: [
        SecondaryButton {
            objectName: "help:cancel"
            visible: help.stands === "calling" || help.stands === "officer"
            text: W.t("help.cancel")
            onTapped: help.wished("cancel")
        },
        SecondaryButton {
            objectName: "help:came"
            visible: help.stands === "calling" || help.stands === "coming"
            text: W.t("help.came")
            onTapped: help.wished("came")
        },
        SecondaryButton {
            objectName: "help:again"
            visible: help.over
            text: W.t("help.again")
            onTapped: help.wished("call")
        },
        SecondaryButton {
            objectName: "help:close"
            visible: help.stands === ""
            text: W.t("help.close")
            onTapped: help.close()
        },
        PrimaryButton {
            objectName: "help:on"
            visible: help.stands !== ""
            text: W.t("help.on")
            onTapped: help.close()
        }
    ]

    PrimaryButton {
        objectName: "help:call"
        visible: help.stands === ""
        width: help.inner
        icon: "account-heart"
        size: Theme.heading
        text: W.t("help.call")
        onTapped: help.wished("call")
    }
    Words {
        width: help.inner
        visible: help.stands === "calling" || help.stands === "officer"
        text: W.t("help.waited", { seconds: waited.seconds })
        color: Theme.inkSoft
        Accessible.ignored: true // a number that changes every second is not read aloud

        Timer {
            id: waited
            property int seconds: 0
            readonly property string of: help.stands
            interval: 1000
            repeat: true
            running: help.stands === "calling" || help.stands === "officer"
            onOfChanged: if (of === "calling")
                seconds = 0
            onTriggered: seconds += 1
        }
    }
    Notice {
        width: help.inner
        icon: "message-reply-text"
        text: help.call.answer ?? ""
        size: Theme.lead
    }
    Rows {
        width: help.inner
        rows: help.call.number ? [[W.t("help.left.number"), help.call.number], [W.t("help.left.owner"), help.call.owner], [W.t("help.left.until"), help.call.until]] : []
    }
    Notice {
        width: help.inner
        icon: "account-heart-outline"
        text: help.stands === "" || help.stands === "coming" ? W.t("help.clerk") : ""
    }
    Notice {
        width: help.inner
        icon: "phone"
        text: help.hotline === "" || help.running ? "" : W.t("help.hotline", { hotline: help.hotline })
    }
    SecondaryButton {
        objectName: "help:volunteer"
        visible: help.begun && !help.over
        size: Theme.small
        text: W.t("help.volunteer")
        icon: "account-heart-outline"
        onTapped: help.volunteered()
    }
}
