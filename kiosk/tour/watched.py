"""The real stage with somebody looking over its shoulder: the scripted citizen sees every view the engine paints."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from kiosk.flow import views
from kiosk.flow.stage import Stage, View
from kiosk.flow.through import Through

SHUTTER = 2.0  # s the engine waits for a picture at the most

# On these the citizen thinks, reads and types; on all others the machine works or a device is waited for.
THINKING = (
    views.AttractView, views.HomeView, views.DepartmentView, views.AskView, views.ItemView, views.ConsentView, views.FormView,
    views.ReviewView, views.DeliverView, views.RateView, views.ApologyView, views.GoodbyeView,
)  # fmt: skip


class WatchedStage(Through, QObject):
    """`painted(view, asked)` comes to the glass's thread for every view; `citizen_seconds` is the time it waited for a person.

    With `pictures` the engine holds its breath until a new view has had its picture taken: some pass in a few milliseconds.
    """

    painted = Signal(object, bool)

    def __init__(self, stage: Stage, *, pictures: bool) -> None:
        Through.__init__(self, stage)
        QObject.__init__(self)
        self._pictures = pictures
        self._pictured = threading.Event()
        self._seen: tuple[object, ...] = ()
        self.citizen_seconds = 0.0

    def show(self, view: View) -> None:
        super().show(view)
        self._hold(view, asked=False)

    async def ask(self, view: View) -> Mapping[str, Any]:
        asking = asyncio.ensure_future(super().ask(view))
        since = time.monotonic()
        try:
            await asyncio.sleep(0)  # the stage paints first
            self._hold(view, asked=True)
            since = time.monotonic()
            return await asking
        finally:
            asking.cancel()
            if isinstance(view, THINKING) or (isinstance(view, views.PayView) and view.state == "choose"):
                self.citizen_seconds += time.monotonic() - since

    def taken(self) -> None:
        """The picture of the newest view is taken."""
        self._pictured.set()

    def _hold(self, view: View, *, asked: bool) -> None:
        new = mark(view) != self._seen
        self._seen = mark(view)
        self._pictured.clear()
        self.painted.emit(view, asked)
        if new and self._pictures:
            since = time.monotonic()
            self._pictured.wait(SHUTTER)
            self.citizen_seconds += time.monotonic() - since


def mark(view: View) -> tuple[object, ...]:
    """What makes a view another one for the citizen, rather than the same with a new hint on it."""
    fields = tuple(field.name for field in getattr(view, "fields", ()))
    errors = tuple(sorted(getattr(view, "errors", ())))
    told = (getattr(view, "order_no", ""), getattr(view, "remedies", ()))
    return (type(view), getattr(view, "state", ""), getattr(view, "done", False), fields, errors, *told)
