"""A scanner in USB-COM mode (GM65 and its like), through pyserial: a line of text for each code it sees."""

from __future__ import annotations

import contextlib
import os
import termios
import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from serial import Serial

from kiosk.devices.code_scanner import LONGEST, CodeScanner, code_of
from kiosk.devices.lane import Lane
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

T = TypeVar("T")

QUIET = 0.1  # seconds of silence behind a line end: the code is over. Somebody who shows a code shows one
BROKEN_OFF = 1.0  # seconds of silence without a line end: the rest does not come any more
_LINE_ERRORS = (OSError, termios.error)  # SerialException is an OSError; a line that is gone raises termios.error from its settings


class _Aborted(Exception):
    """The caller no longer waits; the lane turns this into its cancellation."""


class SerialCodeScanner(CodeScanner):
    """`port` is a device path; prefer `/dev/serial/by-id/…`, which stays the same when the plug is moved.

    The scanner must be set to USB-COM mode with CR or LF as its ending: in keyboard mode its text would depend on the layout, and
    whatever a stranger's code says would be typed into the terminal.
    """

    def __init__(self, port: str, *, name: str = "", baud: int = 9600) -> None:
        super().__init__(name=name)
        self.port = port
        self.baud = baud
        self._line: Serial | None = None
        self._line_lock = threading.Lock()  # an abort comes from another thread and must not meet a line being closed

    async def plugged(self) -> bool:
        return os.path.exists(self.port)  # noqa: ASYNC240, PTH110 - a glance at /dev blocks nobody

    async def open(self) -> None:
        await self._in_lane(self._open)

    async def close(self) -> None:
        with contextlib.suppress(Fault):  # a line that is gone has nothing left to say
            await self.lane.run(self._hang_up)
        self.lane.close()
        self.lane = Lane(self.name)  # a scanner may be opened again
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        if self._line is not None:
            with contextlib.suppress(Fault):  # the health tells it
                await self._in_lane(self._alive)
        return Report(health=self.health, facts={"port": self.port, "baud": str(self.baud)})

    async def scan(self) -> str:
        return await self._in_lane(self._scan)

    async def _in_lane(self, call: Callable[[threading.Event], T]) -> T:
        # Each call has its own stop: a late wish to abort cannot hit the call that comes next.
        stop = threading.Event()
        return await self.lane.run(partial(call, stop), abort=partial(self._abort, stop))

    def _abort(self, stop: threading.Event) -> None:
        stop.set()
        with self._line_lock:
            if self._line is not None:
                self._line.cancel_read()

    # ── In the lane ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self, _stop: threading.Event) -> None:
        self._hang_up()
        try:
            # exclusive: two processes on one line would eat each other's codes
            line = Serial(self.port, self.baud, timeout=1, write_timeout=1, exclusive=True)
        except (*_LINE_ERRORS, ValueError) as error:
            raise self._gone(f"the port does not open: {type(error).__name__}") from None
        with self._line_lock:
            self._line = line
        self.health = Health(state=State.READY)

    def _alive(self, _stop: threading.Event) -> None:
        """The mode has no question that every make answers: a line that still counts its bytes has a scanner at its end."""
        if self._line is not None:
            try:
                self._line.reset_input_buffer()
                _ = self._line.in_waiting
            except _LINE_ERRORS as error:
                raise self._gone(f"the line broke: {type(error).__name__}") from None

    def _scan(self, stop: threading.Event) -> str:
        line = self._line
        if line is None:
            raise Fault("code_scanner.absent", Remedy.OTHER_WAY, "not open")
        try:
            line.reset_input_buffer()
            self._burst(line, stop, first=QUIET)  # what is on its way now was shown before anybody asked
            while True:
                if code := code_of(self._burst(line, stop, first=None)):
                    return code
        except _LINE_ERRORS as error:
            raise self._gone(f"the line broke: {type(error).__name__}") from None

    def _burst(self, line: Serial, stop: threading.Event, *, first: float | None) -> bytes:
        """Everything until the line falls silent, cut off where it is too much for one code; waits `first` seconds for it to begin.

        So a scanner that floods the line never gets a code through, and takes no memory.
        """
        burst = bytearray()
        line.timeout = first
        while True:
            if stop.is_set():
                raise _Aborted
            data = line.read(1)
            if stop.is_set():
                raise _Aborted
            if not data:
                return bytes(burst)
            data += line.read(line.in_waiting)
            # One byte more than the longest code with its ending: seen to be too long, and not kept.
            burst = (burst + data)[: LONGEST + 3]
            line.timeout = QUIET if data[-1:] in (b"\r", b"\n") else BROKEN_OFF

    def _gone(self, detail: str) -> Fault:
        self._hang_up()
        self.health = Health(state=State.ABSENT, code="code_scanner.absent")
        return Fault("code_scanner.absent", Remedy.OTHER_WAY, detail)

    def _hang_up(self) -> None:
        with self._line_lock:
            line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(*_LINE_ERRORS):
                line.reset_input_buffer()  # a code that nobody asked for does not wait in the kernel for the next process
            with contextlib.suppress(*_LINE_ERRORS):
                line.close()
