"""A certified reader on a serial line (RS-232, TTL, USB-serial), through pyserial."""

from __future__ import annotations

import contextlib
import termios
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import serial

from kiosk.devices.id_card_reader import IdCardReader, codec
from kiosk.devices.id_card_reader.card_layout import decode_read
from kiosk.devices.id_card_reader.codec import Command, FrameParser, Reply
from kiosk.devices.lane import Lane
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State
from kiosk.model.person import IdCard

T = TypeVar("T")

BAUDS = (115200, 57600, 38400, 19200, 9600)
REPEATS = 2  # of a command whose answer did not arrive whole
_LINE_ERRORS = (OSError, termios.error)  # SerialException is an OSError; a line that is gone raises termios.error from its settings


class _Aborted(Exception):
    """The caller no longer waits; the lane turns this into its cancellation."""


class SamSerial(IdCardReader):
    """`port` is a device path; prefer `/dev/serial/by-id/…`, which stays the same when the plug is moved.

    Nothing of a card outlives a call: frames and buffers are overwritten, and faults name commands and status words only.
    """

    def __init__(self, port: str, *, name: str = "", baud: int = 115200) -> None:
        super().__init__(name=name)
        self.port = port
        self.baud = baud  # what is tried first
        self.speed = baud  # what the reader was found at
        self._line: serial.Serial | None = None
        self._line_lock = threading.Lock()  # an abort comes from another thread and must not meet a line being closed
        self._parser = FrameParser()

    async def open(self) -> None:
        await self._in_lane(self._open)

    async def close(self) -> None:
        # A line that is gone has nothing left to say; close() never raises.
        with contextlib.suppress(Fault):
            await self.lane.run(self._hang_up)
        self.lane.close()
        self.lane = Lane(self.name)  # a reader may be opened again
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        if self._line is not None:
            with contextlib.suppress(Fault):  # the health tells it
                await self._in_lane(self._identify)
        return Report(health=self.health, facts={"port": self.port, "baud": str(self.speed), "sam_number": self.serial})

    async def find(self) -> bool:
        return await self._in_lane(self._find)

    async def read(self) -> IdCard:
        return await self._in_lane(self._read)

    async def _in_lane(self, call: Callable[[threading.Event], T]) -> T:
        # Each call has its own stop: a late wish to abort cannot hit the call that comes next.
        stop = threading.Event()
        try:
            return await self.lane.run(partial(call, stop), abort=partial(self._abort, stop))
        except Fault as fault:
            state = {"absent": State.ABSENT, "hardware": State.HARDWARE_ERROR, "unauthorised": State.HARDWARE_ERROR}
            if (word := fault.code.removeprefix("id_card_reader.")) in state:
                self.health = Health(state=state[word], code=fault.code)
            raise

    def _abort(self, stop: threading.Event) -> None:
        stop.set()
        with self._line_lock:
            if self._line is not None:
                self._line.cancel_read()

    # ── In the lane ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self, stop: threading.Event) -> None:
        try:
            # The likely speed comes twice: its first answer may drown in what the line or a busy machine was doing.
            for baud in (self.baud, *(other for other in BAUDS if other != self.baud), self.baud):
                self._dial(baud)
                if self._alive(stop):
                    self._identify(stop)
                    return
            raise Fault("id_card_reader.absent", Remedy.STAFF, "the port opens; no reader answers at any speed")
        except Exception:
            self._hang_up()
            raise

    def _identify(self, stop: threading.Event) -> None:
        number = self._must(codec.SAM_NUMBER, stop)
        self.serial = codec.sam_number_text(number.data)
        self.health = Health(state=State.READY)

    def _find(self, stop: threading.Event) -> bool:
        # A first find may answer "no card" with a card on the plate.
        for _ in range(2):
            reply = self._exchange(codec.FIND, stop)
            if reply.sw3 == codec.CARD_FOUND:
                return True
            if reply.sw3 != codec.NO_CARD:
                raise codec.fault(codec.FIND, reply)
        return False

    def _read(self, stop: threading.Event) -> IdCard:
        self._must(codec.SELECT, stop).wipe()
        reply = self._must(codec.READ, stop)
        try:
            return decode_read(reply.data)
        finally:
            reply.wipe()

    def _must(self, command: Command, stop: threading.Event) -> Reply:
        reply = self._exchange(command, stop)
        if reply.sw3 != command.success:
            raise codec.fault(command, reply)
        return reply

    def _exchange(self, command: Command, stop: threading.Event) -> Reply:
        """One answer to `command`, which is repeated while answers do not arrive whole. Raises Fault."""
        reply: Reply | None = None
        for _ in range(1 + REPEATS):
            reply = self._ask(command, stop)
            if reply is not None and reply.sw3 not in codec.TRANSPORT_ERRORS:
                return reply
        if reply is not None:
            raise codec.fault(command, reply)
        self._dial(self.speed)
        if self._alive(stop):
            raise Fault("id_card_reader.garbled", Remedy.RETRY, f"command {command.code.hex(' ').upper()} got no whole answer")
        self._hang_up()
        raise Fault("id_card_reader.absent", Remedy.STAFF, "it fell silent")

    def _alive(self, stop: threading.Event) -> bool:
        reply = self._ask(codec.STATUS, stop)
        if reply is not None and reply.sw3 not in (codec.SUCCESS, *codec.TRANSPORT_ERRORS):
            raise codec.fault(codec.STATUS, reply)
        return reply is not None

    def _ask(self, command: Command, stop: threading.Event) -> Reply | None:
        """Send once; None when no whole answer came in time. One command in flight; what came before it is stale."""
        line = self._line
        if line is None:
            raise Fault("id_card_reader.absent", Remedy.STAFF, "not open")
        try:
            line.reset_input_buffer()
            line.write(command.request)
            until = time.monotonic() + command.seconds(self.speed)
            while (left := until - time.monotonic()) > 0:
                if stop.is_set():
                    raise _Aborted
                line.timeout = left
                for body in self._parser.feed(line.read(self._parser.wanted)):
                    reply = Reply.of(body)
                    if command.answered_by(reply):
                        return reply
                    reply.wipe()
            return None
        except _LINE_ERRORS as error:
            self._hang_up()
            raise Fault("id_card_reader.absent", Remedy.STAFF, f"the line broke: {type(error).__name__}") from None
        finally:
            self._parser.wipe()

    def _dial(self, baud: int) -> None:
        self._hang_up()
        try:
            # exclusive: two processes on one line would eat each other's answers
            line = serial.Serial(self.port, baud, timeout=1, write_timeout=1, exclusive=True)
        except (*_LINE_ERRORS, ValueError) as error:
            raise Fault("id_card_reader.absent", Remedy.STAFF, f"the port does not open: {type(error).__name__}") from None
        with self._line_lock:
            self._line = line
        self.speed = baud

    def _hang_up(self) -> None:
        with self._line_lock:
            line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(*_LINE_ERRORS):
                line.reset_input_buffer()  # unread bytes of a card do not wait in the kernel for the next process
            with contextlib.suppress(*_LINE_ERRORS):
                line.close()
