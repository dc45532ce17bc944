"""What is on the glass, read from its items: what can be touched, what can be read, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem

from kiosk.screens.reader.walk import KEYBOARD, PAD
from kiosk.screens.window import Glass

MASKED = "masked"  # the citizen's screen in small, beside a volunteer: a picture, which is looked at in full by itself
GROUND = ":ground"  # the name of what swallows touches and is none to touch ends so


@dataclass(frozen=True, eq=False)
class Piece:
    """One thing on the glass. Rectangles are in pixels of the glass; `seen` is what is left of `rect` inside everything that cuts."""

    item: QQuickItem
    kind: str  # control, text, icon, code (to be scanned from the glass), area (takes touches, and is no control)
    name: str
    rect: QRectF
    seen: QRectF
    box: QRectF | None  # the sheet or button that it stands on
    scrolls: bool  # it stands in something that scrolls up and down
    keyboard: bool  # a part of the on-screen keyboard, or one of the twelve keys
    above: tuple[QQuickItem, ...]  # its ancestors, the glass first

    def within(self, other: Piece) -> bool:
        return any(one is other.item for one in self.above)


def pieces(glass: Glass) -> list[Piece]:
    """Everything that is visible and not behind a question that stands above it."""
    veil = glass.root.findChild(QQuickItem, "veil")
    start = veil if veil is not None and veil.isVisible() else glass.root
    everything = QRectF(0, 0, glass.root.width(), glass.root.height())
    return list(_walk(start, everything, None, False, False, (glass.root,) if start is not glass.root else ()))


def _walk(
    item: QQuickItem, cut: QRectF, box: QRectF | None, scrolls: bool, keyboard: bool, above: tuple[QQuickItem, ...]
) -> Iterator[Piece]:
    if not item.isVisible() or item.opacity() == 0 or item.objectName() == MASKED:
        return
    rect = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
    keyboard = keyboard or item.objectName() in (KEYBOARD, PAD)
    piece = _piece(item, rect, cut, box, scrolls, keyboard, above)
    if piece is not None:
        yield piece
    if item.clip():
        cut = cut & rect
    if item.inherits("QQuickFlickable"):
        cut, scrolls, box = cut & rect, True, None
    if _is_box(item) or (piece is not None and piece.kind == "control"):
        box = rect
    above = (*above, item)
    for child in item.childItems():
        yield from _walk(child, cut, box, scrolls, keyboard, above)


def _piece(
    item: QQuickItem, rect: QRectF, cut: QRectF, box: QRectF | None, scrolls: bool, keyboard: bool, above: tuple[QQuickItem, ...]
) -> Piece | None:
    kind, name = "", item.objectName()
    if item.inherits("QQuickText"):
        words = str(item.property("text"))
        if not words.strip():
            return None
        font = item.property("font")
        kind = "icon" if isinstance(font, QFont) and "Icons" in font.family() else "text"
        name, rect = words, _inked(item)
    elif item.metaObject().className().startswith("QrCode"):
        kind = "code"
    elif item.inherits("QQuickTextInput"):
        kind = "control"
        rect = _line(item) or rect
    elif item.property("pressed") is not None and item.property("role") is not None:
        kind = "control"
    elif item.inherits("QQuickMouseArea") or item.inherits("QQuickMultiPointTouchArea"):
        if any(_is_control(one) for one in above) or _line_of(item) is not None or name.endswith(GROUND):
            return None
        kind = "area"
    if not kind:
        return None
    return Piece(item, kind, name, rect, rect & cut, box, scrolls, keyboard, above)


def _is_control(item: QQuickItem) -> bool:
    return item.property("pressed") is not None and item.property("role") is not None


def _is_box(item: QQuickItem) -> bool:
    """Paints a ground or a border of its own."""
    if not item.inherits("QQuickRectangle"):
        return False
    color = item.property("color")
    return isinstance(color, QColor) and color.alpha() > 0


def _line_of(area: QQuickItem) -> QQuickItem | None:
    """The line to type in that gets the focus through `area`: a sibling."""
    parent = area.parentItem()
    if parent is None or not area.inherits("QQuickMouseArea"):
        return None
    return next((one for one in parent.childItems() if one.inherits("QQuickTextInput")), None)


def _line(item: QQuickItem) -> QRectF | None:
    """Where a finger may touch to type into `item`."""
    parent = item.parentItem()
    for one in parent.childItems() if parent is not None else []:
        if one.inherits("QQuickMouseArea"):
            return one.mapRectToScene(QRectF(0, 0, one.width(), one.height()))
    return None


def _inked(text: QQuickItem) -> QRectF:
    """Where the words of a Text really stand inside it."""
    width, height = float(text.property("contentWidth")), float(text.property("contentHeight"))
    left = top = 0.0
    if text.width() != width:
        left = {2: text.width() - width, 4: (text.width() - width) / 2}.get(int(ask(text, "effectiveHorizontalAlignment")), 0.0)
    if text.height() != height:
        top = {64: text.height() - height, 128: (text.height() - height) / 2}.get(int(ask(text, "verticalAlignment")), 0.0)
    corner = text.mapToScene(QPointF(left, top))
    return QRectF(corner.x(), corner.y(), width, height)


def ask(item: QQuickItem, what: str) -> float:
    """A number that QML knows of `item`: PySide cannot convert the enumerations of Qt Quick's own types."""
    value = QQmlExpression(QQmlEngine.contextForObject(item), item, what).evaluate()
    return float(value[0] if isinstance(value, tuple) else value)
