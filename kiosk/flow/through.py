"""A stage before another one: what is not its own business goes through as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kiosk.flow.stage import HelpCall, Listener, Stage, View

if TYPE_CHECKING:  # as in kiosk.flow.stage
    from kiosk.devices.camera import FrameBuffer


class Through:
    """A Stage; whoever looks on derives from it and overrides what they look at."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def language(self) -> str:
        return self._stage.language

    @property
    def pace(self) -> float:
        return self._stage.pace

    @property
    def calm(self) -> bool:
        return self._stage.calm

    @property
    def voice(self) -> bool:
        return self._stage.voice

    def attend(self, view: View | None) -> None:
        self._stage.attend(view)

    def interrupt(self, wish: Exception) -> bool:
        return self._stage.interrupt(wish)

    def point(self) -> None:
        self._stage.point()

    def show(self, view: View) -> None:
        self._stage.show(view)

    def show_call(self, call: HelpCall) -> None:
        self._stage.show_call(call)

    def attach_preview(self, buffer: FrameBuffer | None) -> None:
        self._stage.attach_preview(buffer)

    def attach_listener(self, listener: Listener | None) -> None:
        self._stage.attach_listener(listener)

    def plugged(self, now: bool) -> None:
        self._stage.plugged(now)

    async def ask(self, view: View) -> Mapping[str, Any]:
        return await self._stage.ask(view)
