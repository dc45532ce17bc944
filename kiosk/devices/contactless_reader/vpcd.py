"""A reader over TCP in the framing of vpcd (vsmartcard): each message is its length in two bytes, then itself.

The card's side listens (vsmartcard calls that reversed), so that it outlives the reader's process. A message of one byte is a
control; a connection that is closed at once means that no card is there.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Sequence
from functools import partial

from kiosk.devices.contactless_reader import RELAY, ContactlessReader
from kiosk.devices.contactless_reader.purse import in_a_row, read_number
from kiosk.devices.lane import Lane
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

POWER_OFF, POWER_ON, RESET, GET_ATR = b"\x00", b"\x01", b"\x02", b"\x04"
LONGEST = 4096
CONNECT_WITHIN = 1.0  # seconds
ANSWER_WITHIN = 2.0  # seconds for one command; a chip asks for more time only in crypto it should not need so long for


def send(line: socket.socket, message: bytes) -> None:
    line.sendall(len(message).to_bytes(2, "big") + message)


def receive(line: socket.socket) -> bytes | None:
    """One message; None when the other side has hung up, or talks nonsense."""
    head = _exactly(line, 2)
    if head is None or not 0 < (length := int.from_bytes(head, "big")) <= LONGEST:
        return None
    return _exactly(line, length)


def _exactly(line: socket.socket, count: int) -> bytes | None:
    data = b""
    while len(data) < count:
        piece = line.recv(count - len(data))
        if not piece:
            return None
        data += piece
    return data


class VpcdReader(ContactlessReader):
    """`wire` is `host:port` of the card's side. Nothing of a card outlives its lifting but the connection's end."""

    def __init__(self, wire: str, *, name: str = "") -> None:
        super().__init__(name=name)
        self.wire = wire
        self._open = False
        self._card: socket.socket | None = None

    async def open(self) -> None:
        await self.lane.run(self._reach)

    async def close(self) -> None:
        with contextlib.suppress(Fault):
            await self.lane.run(self._let_go)
        self.lane.close()
        self.lane = Lane(self.name)  # a reader may be opened again
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        if self._open:
            with contextlib.suppress(Fault):  # the health tells it
                await self.lane.run(self._reach)
        return Report(health=self.health, facts={"wire": self.wire})

    async def find(self) -> str | None:
        return await self.lane.run(self._find)

    async def transmit(self, apdus: Sequence[bytes]) -> list[bytes]:
        # No abort: a chip that is being written is not left half way by us. Every command ends in time by itself.
        return await self.lane.run(partial(in_a_row, self._exchange, tuple(apdus)), deed=True)

    # ── In the lane ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _reach(self) -> None:
        """Does somebody listen there? Lets go of a card that was found."""
        self._drop()
        self._dial().close()
        self._open = True
        self.capabilities = frozenset({RELAY})
        self.health = Health(state=State.READY)

    def _find(self) -> str | None:
        if not self._open:
            raise Fault("contactless_reader.absent", Remedy.STAFF, "not open")
        if self._card is not None and self._asked(self._card, GET_ATR) is None:
            self._drop()
        if self._card is None:
            line = self._dial()
            if self._asked(line, GET_ATR) is None:
                line.close()
                return None
            send(line, POWER_ON)
            self._card = line
        try:
            return read_number(self._exchange)
        except Fault as fault:
            self._drop()
            if fault.code == "contactless_reader.removed":
                return None  # waved past: nothing lies there
            raise

    def _exchange(self, apdu: bytes) -> bytes:
        answer = self._asked(self._card, apdu) if self._card is not None else None
        if answer is None or len(answer) < 2:
            self._drop()
            raise Fault("contactless_reader.removed", Remedy.RETRY, f"at command {apdu[:2].hex()}")
        return answer

    def _asked(self, line: socket.socket, message: bytes) -> bytes | None:
        with contextlib.suppress(OSError):
            send(line, message)
            return receive(line)
        return None

    def _dial(self) -> socket.socket:
        host, _, port = self.wire.rpartition(":")
        try:
            line = socket.create_connection((host, int(port)), timeout=CONNECT_WITHIN)
        except (OSError, ValueError) as error:
            self._let_go()
            self.health = Health(state=State.ABSENT, code="contactless_reader.absent")
            raise Fault("contactless_reader.absent", Remedy.STAFF, type(error).__name__) from None
        line.settimeout(ANSWER_WITHIN)
        return line

    def _drop(self) -> None:
        if self._card is not None:
            self._card.close()
        self._card = None

    def _let_go(self) -> None:
        self._drop()
        self._open = False
