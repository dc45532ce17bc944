"""A certified reader whatever wire it hangs on: finds its line, keeps one command in flight, repeats, reopens, gives up in time."""

from __future__ import annotations

import contextlib
import threading
import time
from abc import abstractmethod
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol, TypeVar

from kiosk.devices.id_card_reader import IdCardReader, codec
from kiosk.devices.id_card_reader.card_layout import decode_addresses, decode_read
from kiosk.devices.id_card_reader.card_text import doubtful
from kiosk.devices.id_card_reader.codec import Command, FrameParser, Reply
from kiosk.devices.lane import Lane
from kiosk.log import log
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State
from kiosk.model.person import IdCard

T = TypeVar("T")

REPEATS = 2  # of a command whose answer did not arrive whole
STATES = {"absent": State.ABSENT, "hardware": State.HARDWARE_ERROR, "unauthorised": State.HARDWARE_ERROR}


class Aborted(Exception):
    """The caller no longer waits; the lane turns this into its cancellation."""


class Line(Protocol):
    """The way to one reader, open. What is broken or gone raises OSError. Used from the lane alone, except `cancel`."""

    speed: int
    """Bits a second, for the time that an answer may take."""

    def drop(self) -> None:
        """Forget whatever has arrived so far."""

    def write(self, frame: bytes) -> None: ...

    def read(self, count: int, within: float) -> bytes:
        """What arrives next, up to about `count` bytes; b"" when nothing did `within` seconds, or sooner."""

    def cancel(self) -> None:
        """Let a read that waits return at once, where the line can. From any thread."""

    def close(self) -> None:
        """Raises nothing; what was not read does not wait for the next process."""


class SamReader(IdCardReader):
    """`sam_number`: only the reader with this security module ("" = whichever answers first). `prints`: read with `30 10`.

    Nothing of a card outlives a call: frames and buffers are overwritten, and faults name commands and status words only.
    """

    def __init__(self, *, name: str = "", sam_number: str = "", prints: bool = False) -> None:
        super().__init__(name=name)
        self.sam_number = sam_number
        self._read_command = codec.READ_PRINTS if prints else codec.READ
        self._line: Line | None = None
        self._again: Callable[[], Line] | None = None  # the way to the line that answered last
        self._line_lock = threading.Lock()  # an abort comes from another thread and must not meet a line being closed
        self._parser = FrameParser()

    @abstractmethod
    def _ways(self) -> Iterable[Callable[[], Line]]:
        """Where the reader may be, the likeliest first; called to open it. Raises OSError, Fault."""

    @abstractmethod
    def _facts(self) -> dict[str, str]:
        """For the technician: port, speed; nothing personal."""

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
        return Report(health=self.health, facts={**self._facts(), "sam_number": self.serial})

    async def find(self) -> bool:
        return await self._in_lane(self._find)

    async def read(self) -> IdCard:
        return await self._in_lane(self._read)

    async def addresses(self) -> tuple[str, ...]:
        return await self._in_lane(self._addresses)

    async def lying(self) -> bool:
        return await self._in_lane(self._lying)

    async def _in_lane(self, call: Callable[[threading.Event], T]) -> T:
        # Each call has its own stop: a late wish to abort cannot hit the call that comes next.
        stop = threading.Event()
        try:
            return await self.lane.run(partial(call, stop), abort=partial(self._abort, stop))
        except Fault as fault:
            if (word := fault.code.removeprefix("id_card_reader.")) in STATES:
                self.health = Health(state=STATES[word], code=fault.code)
            raise

    def _abort(self, stop: threading.Event) -> None:
        stop.set()
        with self._line_lock:
            if self._line is not None:
                self._line.cancel()

    # ── In the lane ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self, stop: threading.Event) -> None:
        self._hang_up()
        refused: Fault | None = None
        try:
            for way in self._ways():
                try:
                    self._dial(way)
                    if self._alive(stop) and self._is_the_one(stop):
                        self.health = Health(state=State.READY)
                        return
                except Fault as fault:
                    if fault.code != "id_card_reader.absent" and not self.sam_number:
                        raise
                    refused = fault  # the one we look for may still come
            raise refused or Fault("id_card_reader.absent", Remedy.STAFF, "no reader answers")
        except BaseException:
            self._hang_up()
            raise

    def _is_the_one(self, stop: threading.Event) -> bool:
        before = self.serial
        self._identify(stop)
        if self.sam_number and self.serial != self.sam_number:
            self.serial = before
            return False
        if before and self.serial != before:
            log.info("id_card_reader.another", role=self.name, before=before, now=self.serial)
        return True

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
        reply = self._must(self._read_command, stop)
        try:
            card = decode_read(reply.data, prints=self._read_command is codec.READ_PRINTS)
        finally:
            reply.wipe()
        if doubtful(card):
            log.info("id_card_reader.doubtful", role=self.name)
        return card

    def _addresses(self, stop: threading.Event) -> tuple[str, ...]:
        reply = self._exchange(codec.ADDRESSES, stop)
        try:
            if reply.sw3 in (codec.EMPTY, codec.UNKNOWN):  # an older module does not know the command: it is well all the same
                return ()
            if reply.sw3 != codec.SUCCESS:
                raise codec.fault(codec.ADDRESSES, reply)
            return decode_addresses(reply.data)
        finally:
            reply.wipe()

    def _lying(self, stop: threading.Event) -> bool:
        self._must(codec.RESET, stop)
        return self._find(stop)

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
        if self._again is not None:
            self._dial(self._again)
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
            line.drop()
            line.write(command.request)
            until = time.monotonic() + command.seconds(line.speed)
            while (left := until - time.monotonic()) > 0:
                if stop.is_set():
                    raise Aborted
                for body in self._parser.feed(line.read(self._parser.wanted, left)):
                    reply = Reply.of(body)
                    if command.answered_by(reply):
                        return reply
                    reply.wipe()
            return None
        except OSError as error:
            self._hang_up()
            raise Fault("id_card_reader.absent", Remedy.STAFF, f"the line broke: {type(error).__name__}") from None
        finally:
            self._parser.wipe()

    def _dial(self, way: Callable[[], Line]) -> None:
        self._hang_up()
        try:
            line = way()
        except (OSError, ValueError) as error:
            raise Fault("id_card_reader.absent", Remedy.STAFF, f"it does not open: {type(error).__name__}") from None
        with self._line_lock:
            self._line = line
        self._again = way

    def _hang_up(self) -> None:
        with self._line_lock:
            line, self._line = self._line, None
        if line is not None:
            line.close()
