"""The one order in which all that is on the glass is walked through: by our screen reader, and by the audit.

It is what Qt tells any screen reader, from the top of the view to the bars; what is kept from that (`Accessible.ignored`) is drawn twice
or is decoration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem, QQuickView

CONTROLS = (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)
LINE = QAccessible.Role.EditableText
TEXT = QAccessible.Role.StaticText
KEYBOARD, PAD, VEIL, SCROLLER = "keyboard", "pad", "veil", "more"
MOST = 1000  # items in a chain of focus


@dataclass(frozen=True, eq=False)
class Stop:
    """One thing to be read. `kind`: text, control, line (to type in), key (of the on-screen keyboard)."""

    item: QQuickItem
    kind: str
    name: str
    role: QAccessible.Role
    checked: bool | None = None  # None: it is nothing to be checked
    enabled: bool = True
    value: str = ""  # of a line


def stops(glass: QQuickView) -> list[Stop]:
    """In order; of what stands behind a question, nothing. Without the strips that scroll on (what scrolls follows the reader) and
    without the twelve keys that it is walked through with."""
    QAccessible.setActive(True)
    face = QAccessible.queryAccessibleInterface(glass)
    veil = glass.rootObject().findChild(QQuickItem, VEIL)
    asked = veil is not None and veil.isVisible()
    found = [stop for stop in _within(face) if not scrolls_on(stop.item) and not within(stop.item, PAD)]
    return [stop for stop in found if within(stop.item, VEIL)] if asked else found


def chain(glass: QQuickView) -> list[QQuickItem]:
    """What the Tab key reaches, in its order."""
    found: list[QQuickItem] = []
    item = glass.rootObject().nextItemInFocusChain(True)
    while item is not None and len(found) < MOST and not any(item is one for one in found[:1]):
        found.append(item)
        item = item.nextItemInFocusChain(True)
    return found


def scrolls_on(item: QQuickItem) -> bool:
    """The strip of a Scroll.qml; a button "more" is another thing."""
    parent = item.parentItem()
    return item.objectName() == SCROLLER and parent is not None and parent.property("tells") is not None


def within(item: QQuickItem, name: str) -> bool:
    above: QQuickItem | None = item
    while above is not None and above.objectName() != name:
        above = above.parentItem()
    return above is not None


def _within(face: QAccessibleInterface) -> Iterator[Stop]:
    item = face.object()
    if face.state().invisible:
        return
    if isinstance(item, QQuickItem) and item.isVisible():
        stop = _stop(face, item)
        if stop is not None:
            yield stop
            # Its words are its name; but what is to be pressed upon it, such as an answer on the first screen, is a stop of its own.
            yield from (one for one in _below(face) if one.kind == "control")
            return
    yield from _below(face)


def _below(face: QAccessibleInterface) -> Iterator[Stop]:
    for place in range(face.childCount()):
        child = face.child(place)
        if child is not None:
            yield from _within(child)


def _stop(face: QAccessibleInterface, item: QQuickItem) -> Stop | None:
    role, name, state = face.role(), face.text(QAccessible.Text.Name).strip(), face.state()
    if role == TEXT:
        return Stop(item, "text", name, role) if name else None
    if role == LINE:
        return Stop(item, "line", name, role, enabled=item.isEnabled(), value=str(item.property("text")))
    if role not in CONTROLS:
        return None
    checked = bool(state.checked) if state.checkable else None
    return Stop(item, "key" if within(item, KEYBOARD) else "control", name, role, checked, item.isEnabled())
