// Sizes, colours and times of every screen. A size is written in steps of the grid or taken from here, never as a bare number.
pragma Singleton
import QtQuick

QtObject {
    id: theme

    // How the glass is built, given by the window.
    property real width: 1080
    property real height: 1920
    property real diagonal: 685.8 // mm of the panel: 27 inch
    property bool headphones: false // there is a socket for them
    property real reach: 0.4 // low layout: nothing to touch stands in this share at the top
    readonly property bool portrait: height >= width
    readonly property real scale: Math.min(width, height) / 1080
    readonly property real pixelsPerMm: Math.hypot(width, height) / diagonal

    // How the one who stands before it wants it: chosen in AccessSheet.qml, taken back by the window after each visit.
    property bool care: false // 关爱模式: larger type and targets, fewer choices, more time, read aloud
    property int size: 0 // of the type: an index of `sizes`
    property bool contrast: false
    property bool low: false // for who sits: all controls in the lower part of the glass
    property bool voice: false
    property bool reader: false // everything is walked through with twelve keys, and said
    property bool pad: false // which are on the glass, too
    property bool blank: false // nothing is to be seen
    property bool room: false // the reader is heard from the loudspeaker, although there are headphones
    property bool personal: false // what is personal is read although others may hear it
    property bool hand: false // Chinese is written with a finger, not in pinyin
    readonly property var sizes: [1, 1.15, 1.3, 1.5]
    readonly property int level: care ? Math.max(2, size) : size
    readonly property real pace: care ? 1.5 : 1 // waits for a person last so much longer

    property bool keys: false // the keyboard is up; set by Main.qml
    property real ceiling: 0 // how much of the view's top is out of reach in the low layout, px; set by Main.qml

    function mm(length: real): real {
        return length * pixelsPerMm;
    }

    // Grid: everything stands on steps of 8.
    readonly property real unit: 8 * scale
    readonly property real hair: Math.max(1, Math.round(2 * scale))
    readonly property real gap: unit * 2 // inside a group
    readonly property real space: unit * 4 // between groups
    readonly property real margin: unit * (portrait ? 7 : 8) // at the edge of the glass
    readonly property real radius: unit * 1.5
    readonly property real radiusLarge: unit * 2.5

    // Touch: a finger, and in care mode an unsteady one (VVSG 2.0 7.2-I; 适老化 60 pt).
    readonly property real leastTarget: care ? 20 : 15 // mm
    readonly property real target: Math.max(Math.ceil(mm(leastTarget)), unit * (care ? 10 : 8))
    readonly property real button: Math.max(target, unit * (care ? 13 : 11))
    readonly property real apart: Math.max(Math.ceil(mm(2.54)), unit * 1.5)

    // Type. Body is 9.3 mm high on a glass of 27 inch. In care mode nothing is smaller than 24 pt on the glass, nor than 32 px at 1080.
    property string family: "Noto Sans CJK SC" // set with the language: what is read in Taiwan has its own shapes
    readonly property string iconFamily: "Material Design Icons"
    readonly property real leastText: care ? Math.max(Math.ceil(mm(24 * 25.4 / 72)), Math.ceil(32 * scale)) : 0
    readonly property real zoom: scale * sizes[level]
    readonly property real calmZoom: scale * (1 + (sizes[level] - 1) / 2) // what is large already grows less
    readonly property real small: Math.max(leastText, Math.round(26 * zoom))
    readonly property real body: Math.max(leastText, Math.round(30 * zoom))
    readonly property real lead: Math.max(leastText, Math.round(36 * zoom))
    readonly property real heading: Math.max(leastText, Math.round(42 * zoom))
    readonly property real title: Math.round((portrait ? 60 : 50) * calmZoom)
    readonly property real display: Math.round((portrait ? 84 : 76) * calmZoom)
    readonly property real figure: Math.round(128 * scale)
    readonly property real bar: Math.max(leastText, Math.min(body, Math.round(34 * scale))) // in the bars, which must not fill the glass
    readonly property real reading: portrait && level < 2 ? lead : body // lists that have the whole width
    readonly property real leading: 1.0 // Noto Sans CJK is 1.45 em from line to line by itself; 适老化 asks for 1.3

    // Colours. Text pairs are 7:1 or better, in high contrast 10:1; see `pairs`.
    readonly property color paper: contrast ? "#000000" : "#f7f4ee"
    readonly property color surface: contrast ? "#000000" : "#ffffff"
    readonly property color sunken: contrast ? "#1a1a1a" : "#ece8df"
    readonly property color line: contrast ? "#9a9a9a" : "#d5cfc3"
    readonly property color edge: contrast ? "#ffffff" : "#75716a" // the border of something to touch or fill in: 3:1 at least
    readonly property color ink: contrast ? "#ffffff" : "#1c2127"
    readonly property color inkSoft: contrast ? "#f2f2f2" : "#40464d"
    readonly property color inkFaint: contrast ? "#d9d9d9" : "#474c53" // on `sunken`: what is not available now
    readonly property color brand: contrast ? "#ffe14d" : "#0b5563"
    readonly property color brandDeep: contrast ? "#fff0a3" : "#073c47"
    readonly property color brandTint: contrast ? "#2b2600" : "#e1eef0"
    readonly property color brandInk: contrast ? "#000000" : "#ffffff"
    readonly property color brandInkSoft: contrast ? "#1a1600" : "#e6f2f4"
    readonly property color good: contrast ? "#8dffb0" : "#1a5a2c"
    readonly property color goodTint: contrast ? "#00210d" : "#e4f2e6"
    readonly property color warn: contrast ? "#ffd27a" : "#6a4300"
    readonly property color warnTint: contrast ? "#2a1c00" : "#fdf0d2"
    readonly property color bad: contrast ? "#ffbdb3" : "#8f1d1d"
    readonly property color badTint: contrast ? "#2e0703" : "#fbe9e7"
    readonly property var tints: ({ amber: "#ffc45a", azure: "#82d7ff", mint: "#96e196" }) // as kiosk/identity/flash.py measures them
    readonly property color focus: contrast ? "#0a58ca" : "#f2b01e" // beside a ring of `ink`: one of the two is seen on any ground
    readonly property color veil: contrast ? "#d0404040" : "#a61c2127"

    // [text, ground]: what the contrast test walks through, and [edge, ground].
    readonly property var pairs: [
        [ink, paper], [ink, surface], [ink, sunken], [ink, brandTint],
        [inkSoft, paper], [inkSoft, surface], [inkSoft, sunken], [inkFaint, sunken], [inkFaint, surface],
        [brand, paper], [brand, surface], [brand, brandTint], [brandDeep, brandTint],
        [brandInk, brand], [brandInk, brandDeep], [brandInkSoft, brand], [brandInkSoft, brandDeep],
        [good, goodTint], [good, surface], [warn, warnTint], [warn, surface],
        [bad, badTint], [bad, surface], [bad, paper], [brandInk, bad]
    ]
    readonly property var edges: [[edge, surface], [edge, paper], [focus, ink], [brand, surface]]

    property bool motion: true // as [display] has it
    property bool covered: false // nobody sees what moves: set by Main.qml
    property bool held: false // somebody is being called for help: nobody is hurried
    readonly property bool moves: motion && !covered && !blank

    // Motion: short, and only to say where something came from.
    readonly property int quick: 80
    readonly property int calm: 220
}
