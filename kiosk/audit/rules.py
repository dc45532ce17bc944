"""What must hold for what stands on the glass: lengths, places and words. A rule yields what is wrong as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout

from kiosk.audit.walk import Piece, ask
from kiosk.screens.window import Glass

SLACK = 1.5  # px: what rounding may take
APART = 2.0  # mm between two things to touch (VVSG 2.0 7.2-I asks for 2.54, rounding and borders may take a part)
CODE = 30.0  # mm: a phone at arm's length
WRAP_ANYWHERE = 3  # Text.WrapAnywhere: meant for numbers
LATIN = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Of one glass in one look: px, but for `care` and `low`."""

    whole: QRectF
    millimetre: float
    target: float
    text: float  # the smallest letters
    apart: float
    line: float  # nothing to touch above it; 0: everywhere

    @classmethod
    def of(cls, glass: Glass) -> Measures:
        theme, ways = glass.theme, glass.ways
        millimetre = float(theme.property("pixelsPerMm"))
        height = glass.root.height()
        return cls(
            whole=QRectF(0, 0, glass.root.width(), height),
            millimetre=millimetre,
            target=millimetre * (20 if ways.care else 15),
            text=millimetre * 24 * 25.4 / 72 if ways.care else 0.0,
            apart=millimetre * APART,
            line=height * float(theme.property("reach")) if ways.low else 0.0,
        )


def targets(found: Sequence[Piece], to: Measures) -> Iterator[str]:
    for one in found:
        if one.kind == "control" and not one.seen.isEmpty() and min(one.rect.width(), one.rect.height()) < to.target - SLACK:
            size = f"{one.rect.width() / to.millimetre:.1f} × {one.rect.height() / to.millimetre:.1f} mm"
            yield f"target: {one.name} is {size}, less than {to.target / to.millimetre:.0f} mm"
        if one.kind == "text" and to.text and (height := _letters(one)) < to.text - SLACK:
            yield f"target: “{_short(one)}” is {height / to.millimetre * 72 / 25.4:.0f} pt, less than 24 pt"


def codes(found: Sequence[Piece], to: Measures) -> Iterator[str]:
    """Half a code is none: who does not know that there is more below would hold a phone to it in vain."""
    for one in found:
        if one.kind != "code":
            continue
        if not one.seen.isEmpty() and one.seen.height() < one.rect.height() - SLACK:
            yield f"outside: a code of {one.rect.height() / to.millimetre:.0f} mm is cut"
        if one.rect.width() < to.millimetre * CODE:
            yield f"target: a code is {one.rect.width() / to.millimetre:.0f} mm, less than {CODE:.0f} mm"


def outside(found: Sequence[Piece], to: Measures) -> Iterator[str]:
    glass = to.whole.adjusted(-SLACK, -SLACK, SLACK, SLACK)
    for one in found:
        if one.kind in ("area", "code") or one.rect.isEmpty():
            continue
        across = one.seen.isEmpty() or (one.seen.left() <= one.rect.left() + SLACK and one.seen.right() >= one.rect.right() - SLACK)
        if one.scrolls:
            if not across or one.rect.left() < -SLACK or one.rect.right() > to.whole.right() + SLACK:
                yield f"outside: “{_short(one)}” is cut at its side"
        elif not glass.contains(one.rect) or (one.seen & one.rect).height() < one.rect.height() - SLACK or not across:
            yield f"outside: “{_short(one)}” is cut or beyond the glass"
        if one.kind == "text" and one.box is not None and not one.box.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(one.rect):
            yield f"outside: “{_short(one)}” runs over the edge of what it stands on"
        if one.kind == "control" and to.line and not one.keyboard and not _in_reach(one, to):
            yield f"outside: {one.name} is above what who sits reaches"


def _in_reach(one: Piece, to: Measures) -> bool:
    """All of it; of what is larger than half the glass, enough of it."""
    if one.seen.isEmpty() or one.seen.top() >= to.line - SLACK:
        return True
    return one.rect.height() > to.whole.height() / 2 and one.seen.bottom() - to.line >= to.target


def truncated(found: Sequence[Piece], to: Measures) -> Iterator[str]:
    for one in found:
        if one.kind != "text":
            continue
        item = one.item
        if item.property("truncated"):
            yield f"truncated: “{_short(one)}” is cut short"
        elif one.rect.width() > item.width() + SLACK and item.width() > 0:
            yield f"truncated: “{_short(one)}” is wider than its place"
        elif one.rect.height() > item.height() + SLACK and item.height() > 0:
            yield f"truncated: “{_short(one)}” is higher than its place"
        elif (word := _broken(one)) != "":
            yield f"truncated: “{word}” is broken inside the word"
        if "⟦" in one.name:
            yield f"truncated: {_short(one)} has no words"


def _broken(one: Piece) -> str:
    font = one.item.property("font")
    if int(one.item.property("lineCount") or 1) < 2 or not isinstance(font, QFont) or ask(one.item, "wrapMode") == WRAP_ANYWHERE:
        return ""
    metrics = QFontMetricsF(font)
    return next((word for word in LATIN.findall(one.name) if metrics.horizontalAdvance(word) > one.item.width() + SLACK), "")


def glyphs(found: Sequence[Piece], to: Measures) -> Iterator[str]:
    """What no font of this machine can draw stands as an empty box."""
    for one in found:
        font = one.item.property("font")
        family = font.family() if isinstance(font, QFont) else ""
        missing = [character for character in one.name if one.kind != "control" and not drawn(character, family)]
        if missing:
            yield f"glyph: nothing draws {' '.join(dict.fromkeys(missing))} in “{_short(one)}”"


@cache
def drawn(character: str, family: str) -> bool:
    """In `family`, or where Qt looks when that lacks it. Needs the QGuiApplication."""
    if not character.isprintable() or character.isspace():
        return True
    layout = QTextLayout(character, QFont(family))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(index for run in layout.glyphRuns() for index in run.glyphIndexes())


def overlap(found: Sequence[Piece], to: Measures) -> Iterator[str]:
    solid = [one for one in found if one.kind in ("control", "text") and not one.seen.isEmpty()]
    for one, two in combinations(solid, 2):
        if one.within(two) or two.within(one) or _labels(one, two) or _labels(two, one):
            continue
        common = one.seen & two.seen
        if common.width() > 2 * SLACK and common.height() > 2 * SLACK:
            yield f"overlap: “{_short(one)}” and “{_short(two)}”"
        elif one.kind == two.kind == "control" and not (one.keyboard or two.keyboard) and _cramped(one.seen, two.seen, to.apart):
            yield f"overlap: {one.name} and {two.name} are less than {APART:.0f} mm apart"


def _labels(one: Piece, two: Piece) -> bool:
    """`one` is a text drawn on the line to type in `two`, or a part of the same button."""
    if two.item.inherits("QQuickTextInput"):
        parent = two.item.parentItem()
        while parent is not None and parent.inherits("QQuickItem") and two.rect.width() > parent.width() + SLACK:
            parent = parent.parentItem()
        return parent is not None and any(above is parent for above in one.above)
    return False


def _cramped(one: QRectF, two: QRectF, apart: float) -> bool:
    if one.isEmpty() or two.isEmpty():
        return False
    across = max(one.left(), two.left()) - min(one.right(), two.right())
    down = max(one.top(), two.top()) - min(one.bottom(), two.bottom())
    beside = down < -SLACK and -2 * SLACK <= across < apart - SLACK
    below = across < -SLACK and -2 * SLACK <= down < apart - SLACK
    return beside or below


def _letters(one: Piece) -> float:
    """px, as painted: a text that may shrink has shrunk."""
    return ask(one.item, "fontInfo.pixelSize")


def _short(one: Piece) -> str:
    return one.name if len(one.name) <= 24 else one.name[:23] + "…"
