"""Without a finger: every control is reached by the Tab key, shows that it has the focus, and is called something aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from kiosk import i18n
from kiosk.audit.walk import Piece
from kiosk.screens.reader.sentences import said as sentence
from kiosk.screens.reader.walk import chain, scrolls_on, stops
from kiosk.screens.scenes import rest
from kiosk.screens.window import Glass

NAMELESS_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)


def reached(glass: Glass, found: Sequence[Piece]) -> Iterator[str]:
    """By the Tab key and by the screen reader, which go the same way."""
    tabbed, read = chain(glass), stops(glass)
    by_tab, by_reader = set(map(id, tabbed)), {id(stop.item) for stop in read}
    for one in found:
        # The keys of the on-screen keyboard write into a line that keeps the focus: who has a keyboard of their own types.
        if one.kind != "control" or one.keyboard:
            continue
        if one.item.isEnabled() and id(one.item) not in by_tab:
            yield f"focus: {one.name} is not reached by Tab"
        if id(one.item) not in by_reader and not scrolls_on(one.item):
            yield f"focus: {one.name} is not reached by the screen reader"
    both = [id(stop.item) for stop in read if id(stop.item) in by_tab]
    if both != [one for one in map(id, tabbed) if one in by_reader]:
        yield "focus: the screen reader and Tab go different ways"


def said(glass: Glass) -> Iterator[str]:
    """Of every control its name, what it is, and how it stands if it can stand in more than one way."""
    for stop in stops(glass):
        parts = [i18n.say(one.text, glass.language) for one in sentence(stop, language=glass.language, private=False)]
        least = 1 if stop.kind in ("text", "key") else 2 if stop.checked is None and stop.kind != "line" else 3
        if len(parts) < least or not all(part.strip() for part in parts):
            yield f"name: {stop.item.objectName() or stop.name} is not said with its name, what it is and how it stands"


def marked(glass: Glass, found: Sequence[Piece]) -> Iterator[str]:
    """Gives each control the focus: changes the glass, and is therefore the last thing to look at."""
    glass.requestActivate()
    for _ in range(100):
        if glass.isActive():
            break
        rest(10)
    for one in found:
        if one.kind != "control" or not one.item.isEnabled() or one.keyboard:
            continue
        one.item.forceActiveFocus()
        place = one.item.parentItem() if one.item.inherits("QQuickTextInput") else one.item
        if place is not None and not _mark(place) and not _mark(place.parentItem()):
            yield f"focus: {one.name} does not show that it has the focus"
    glass.root.forceActiveFocus()


def _mark(item: QQuickItem | None) -> bool:
    return item is not None and any(child.objectName() == "focus:mark" and child.isVisible() for child in item.childItems())


def called(found: Sequence[Piece]) -> Iterator[str]:
    for one in found:
        if one.kind not in ("control", "area"):
            continue
        face = QAccessible.queryAccessibleInterface(one.item)
        name = face.text(QAccessible.Text.Name).strip() if face is not None else ""
        if one.kind == "area" and one.item.objectName() == "service":
            continue  # the technician's gesture is for nobody to find (docs/decisions/0026)
        if face is None or face.role() in NAMELESS_ROLES or not name:
            yield f"name: {one.name or 'something to touch'} is called nothing aloud"
        elif "⟦" in name:
            yield f"name: {name} has no words"
