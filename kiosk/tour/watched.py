"""The real stage with somebody looking over its shoulder: the scripted citizen sees every view the engine paints."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from kiosk.devices.camera import FrameBuffer
from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.screens.stage import QtStage

# On these the citizen thinks, reads and types; on all others the machine works or a device is waited for.
THINKING = (
    views.AttractView, views.HomeView, views.DepartmentView, views.AskView, views.ItemView, views.ConsentView, views.FormView,
    views.ReviewView, views.DeliverView, views.RateView, views.ApologyView, views.GoodbyeView,
)  # fmt: skip


class WatchedStage(QObject):
    """A Stage. `painted(view, asked)` comes to the glass's thread for every view; `citizen_seconds` is the time it waited for a person."""

    painted = Signal(object, bool)

    def __init__(self, stage: QtStage) -> None:
        super().__init__()
        self._stage = stage
        self.citizen_seconds = 0.0

    @property
    def language(self) -> str:
        return self._stage.language

    def attach_preview(self, buffer: FrameBuffer | None) -> None:
        self._stage.attach_preview(buffer)

    def show(self, view: View) -> None:
        self._stage.show(view)
        self.painted.emit(view, False)

    async def ask(self, view: View) -> Mapping[str, Any]:
        self.painted.emit(view, True)
        since = time.monotonic()
        try:
            return await self._stage.ask(view)
        finally:
            if isinstance(view, THINKING) or (isinstance(view, views.PayView) and view.state == "choose"):
                self.citizen_seconds += time.monotonic() - since
