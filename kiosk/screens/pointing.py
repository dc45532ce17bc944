"""What a citizen touches next: the first thing that is still empty; where nothing is, the one button of the screen."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem, QQuickView

from kiosk.screens.reader.walk import stops, within

STAND = "stand"


def next_control(glass: QQuickView) -> QQuickItem | None:
    """None: there is nothing to touch on this screen."""
    here = [stop for stop in stops(glass) if stop.enabled and stop.kind in ("line", "control") and within(stop.item, STAND)]
    chosen = any(stop.checked for stop in here if stop.role == QAccessible.Role.RadioButton)
    for stop in here:
        if stop.kind == "line" and not stop.value:
            return stop.item
        if stop.role == QAccessible.Role.RadioButton and not chosen:
            return stop.item
    main = [stop.item for stop in here if stop.item.property("main")]
    return next(iter([*main, *(stop.item for stop in here)]), None)
