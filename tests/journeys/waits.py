"""Timers of the engine's loop that nothing but the test moves on: `desk.later` is one."""

from __future__ import annotations

from collections.abc import Callable


class HandLater:
    def __init__(self) -> None:
        self.running: list[_Timer] = []

    def __call__(self, seconds: float, call: Callable[[], None]) -> _Timer:
        timer = _Timer(self, seconds, call)
        self.running.append(timer)
        return timer

    def pass_by(self, seconds: float) -> None:
        """So much time is over; what was due meanwhile has come, in its order."""
        for timer in self.running:
            timer.left -= seconds
        for timer in sorted((one for one in self.running if one.left <= 0), key=lambda one: one.left):
            timer.cancel()
            timer.call()


class _Timer:
    def __init__(self, of: HandLater, seconds: float, call: Callable[[], None]) -> None:
        self._of, self.left, self.call = of, seconds, call

    def cancel(self) -> None:
        if self in self._of.running:
            self._of.running.remove(self)
