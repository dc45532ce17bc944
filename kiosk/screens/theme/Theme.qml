// Sizes, colours and times of every screen. A size is written in steps of the grid or taken from here, never as a bare number.
pragma Singleton
import QtQuick

QtObject {
    id: theme

    // Given by the window: how the glass is built and who stands before it.
    property bool care: false // 关爱模式: larger type, larger targets
    property real width: 1080
    property real height: 1920
    property real pixelsPerMm: 3.21 * scale // 27 inch, 1080 × 1920
    readonly property bool portrait: height >= width
    readonly property real scale: Math.min(width, height) / 1080

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
    readonly property real target: Math.max(Math.ceil(mm(care ? 20 : 12.7)), unit * (care ? 10 : 8))
    readonly property real button: Math.max(target, unit * (care ? 13 : 11))
    readonly property real apart: Math.max(Math.ceil(mm(2.54)), unit * 1.5)

    // Type. Body is 9.3 mm high on the glass, 11.7 mm in care mode.
    readonly property string family: "Noto Sans CJK SC"
    readonly property string iconFamily: "Material Design Icons"
    readonly property real zoom: scale * (care ? 1.25 : 1)
    readonly property real small: Math.round(26 * zoom)
    readonly property real body: Math.round(30 * zoom)
    readonly property real lead: Math.round(36 * zoom)
    readonly property real heading: Math.round(42 * zoom)
    readonly property real title: Math.round((portrait ? 60 : 50) * scale * (care ? 1.12 : 1))
    readonly property real display: Math.round((portrait ? 84 : 76) * scale * (care ? 1.08 : 1))
    readonly property real figure: Math.round(128 * scale)
    readonly property real reading: portrait && !care ? lead : body // lists that have the whole width
    readonly property real leading: 1.0 // Noto Sans CJK is 1.45 em from line to line by itself; 适老化 asks for 1.3

    // Colours. Text pairs are 7:1 or better; see `pairs`.
    readonly property color paper: "#f7f4ee"
    readonly property color surface: "#ffffff"
    readonly property color sunken: "#ece8df"
    readonly property color line: "#d5cfc3"
    readonly property color edge: "#75716a" // the border of something to touch or fill in: 3:1 at least
    readonly property color ink: "#1c2127"
    readonly property color inkSoft: "#474d55"
    readonly property color inkFaint: "#50555c" // on `sunken`: what is not available now
    readonly property color brand: "#0b5563"
    readonly property color brandDeep: "#073c47"
    readonly property color brandTint: "#e1eef0"
    readonly property color brandInk: "#ffffff"
    readonly property color brandInkSoft: "#d5e9ec"
    readonly property color good: "#1a5a2c"
    readonly property color goodTint: "#e4f2e6"
    readonly property color warn: "#6a4300"
    readonly property color warnTint: "#fdf0d2"
    readonly property color bad: "#8f1d1d"
    readonly property color badTint: "#fbe9e7"
    readonly property color focus: "#f2b01e"
    readonly property color veil: "#a61c2127"

    // [text, ground, smallest contrast]: what the contrast test walks through.
    readonly property var pairs: [
        [ink, paper, 7], [ink, surface, 7], [ink, sunken, 7], [ink, brandTint, 7],
        [inkSoft, paper, 7], [inkSoft, surface, 7], [inkSoft, sunken, 6],
        [inkFaint, sunken, 6], [inkFaint, surface, 7],
        [brand, paper, 7], [brand, surface, 7], [brand, brandTint, 7], [brandDeep, brandTint, 7],
        [brandInk, brand, 7], [brandInk, brandDeep, 7], [brandInkSoft, brand, 6], [brandInkSoft, brandDeep, 7],
        [good, goodTint, 7], [good, surface, 7], [warn, warnTint, 7], [warn, surface, 7],
        [bad, badTint, 7], [bad, surface, 7], [bad, paper, 7], [brandInk, bad, 7],
        [edge, surface, 3], [edge, paper, 3], [ink, focus, 7]
    ]

    // Motion: short, and only to say where something came from.
    readonly property int quick: 80
    readonly property int calm: 220
}
