"""The SAM protocol without I/O: requests, an incremental parser of frames, what SW3 means, the SAM number (GA/T 467).

    host → reader   AA AA AA 96 69 | LEN (big-endian, counts all that follows) | CMD PARA [data] | CHK
    reader → host   AA AA AA 96 69 | LEN                                       | SW1 SW2 SW3 [data] | CHK

CHK is the XOR of everything from LEN on, so the XOR of LEN … CHK is 0.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import reduce
from operator import xor

from kiosk.model.faults import Fault, Remedy

PREAMBLE = bytes.fromhex("AAAAAA9669")
HEAD = len(PREAMBLE) + 2
LONGEST = 4096  # no reader sends more than 2314; a LEN above this is noise
SHORTEST_REPLY = 4  # SW1 SW2 SW3 CHK
SHORTEST_REQUEST = 3  # CMD PARA CHK

CARD_FOUND = 0x9F
SUCCESS = 0x90
NO_CARD = 0x80
UNKNOWN = 0x21  # it does not know the command
EMPTY = 0x91  # the card holds no such thing
TRANSPORT_ERRORS = frozenset({0x10, 0x11})  # the reader got a bad checksum, a bad length: the same again may well work


def wipe(buffer: bytearray) -> None:
    """Overwrite in place: a freed buffer still holds what was in it."""
    buffer[:] = bytes(len(buffer))


def checksum(data: bytes | bytearray | memoryview) -> int:
    return reduce(xor, data, 0)


def frame(body: bytes) -> bytes:
    """`body` (CMD PARA data, or SW1-3 data) as it goes over the wire."""
    counted = struct.pack(">H", len(body) + 1) + body
    return PREAMBLE + counted + bytes([checksum(counted)])


@dataclass(frozen=True, kw_only=True)
class Command:
    """A request and how to recognise its answer. `within` is how long the reader may think, in seconds; `sizes` are those that
    the data of a good reply may have, in bytes."""

    code: bytes
    sizes: tuple[int, ...] = (0,)
    success: int = SUCCESS
    within: float = 0.5
    before_select: bool = True  # cannot be answered with the result of a select or a read

    @property
    def request(self) -> bytes:
        return frame(self.code)

    @property
    def size(self) -> int:
        """Of the longest good reply."""
        return max(self.sizes)

    def seconds(self, baud: int) -> float:
        """The longest time from sending to the last byte of the answer: thinking, and 10 bits a byte on the line (twice, for slack).

        `baud` is the speed of a serial line; on USB the time on the wire does not count, and any high number will do.
        """
        return self.within + 2 * 10 * (HEAD + len(self.code) + 1 + HEAD + SHORTEST_REPLY + self.size) / baud

    def answered_by(self, reply: Reply) -> bool:
        """False for a reply that belongs to an earlier command: it came after its time-out."""
        if reply.sw3 in (SUCCESS, CARD_FOUND):
            return reply.sw3 == self.success and len(reply.data) in self.sizes
        return not (self.before_select and reply.sw3 in _OF_SELECT_AND_READ)


_OF_SELECT_AND_READ = frozenset({0x31, 0x32, 0x33, 0x41, 0x47, 0x81, 0x91})

RESET = Command(code=b"\x10\xff")
STATUS = Command(code=b"\x11\xff")
SAM_NUMBER = Command(code=b"\x12\xff", sizes=(16,))
FIND = Command(code=b"\x20\x01", sizes=(4,), success=CARD_FOUND)
SELECT = Command(code=b"\x20\x02", sizes=(8,), before_select=False)
READ = Command(code=b"\x30\x01", sizes=(2 + 2 + 256 + 1024,), within=2.0, before_select=False)
READ_PRINTS = Command(code=b"\x30\x10", sizes=tuple(6 + 256 + 1024 + one for one in (0, 512, 1024)), within=3.0, before_select=False)
ADDRESSES = Command(code=b"\x30\x03", sizes=(70, 140, 210, 280), within=1.5, before_select=False)
CARD_NUMBER = Command(code=b"\x30\x05", sizes=(28,), within=1.5, before_select=False)  # of the chip: we never ask for it


@dataclass(frozen=True, kw_only=True)
class Reply:
    """SW1 and SW2 come from the card, SW3 is the reader's own word: decide on SW3 alone. `data` may be a person: wipe it."""

    sw1: int
    sw2: int
    sw3: int
    data: bytearray = field(default_factory=bytearray, repr=False)

    @classmethod
    def of(cls, body: bytearray) -> Reply:
        """From what FrameParser yields; the body is wiped, `data` is the one copy left."""
        reply = cls(sw1=body[0], sw2=body[1], sw3=body[2], data=body[3:])
        wipe(body)
        return reply

    def encode(self) -> bytes:
        return frame(bytes([self.sw1, self.sw2, self.sw3]) + bytes(self.data))

    def wipe(self) -> None:
        wipe(self.data)


class FrameParser:
    """Feed bytes in any pieces, get the bodies (between LEN and CHK) of whole, good frames.

    Noise, a run of AA before the preamble, a bad LEN or a bad CHK never raise: one byte is dropped and the search goes on.
    The buffer has a fixed size and is wiped behind every frame: nothing of a person is left in it, or in a buffer it outgrew.
    """

    def __init__(self, shortest: int = SHORTEST_REPLY) -> None:
        self._shortest = shortest
        self._buffer = bytearray(HEAD + LONGEST)
        self._used = 0
        self.bad_lengths = 0
        self.bad_checksums = 0

    @property
    def wanted(self) -> int:
        """How many bytes can be read without taking any that follow the frame at hand; at least 1."""
        if self._used < HEAD:
            return HEAD - self._used
        return HEAD + self._length(0) - self._used

    def feed(self, data: bytes | bytearray | memoryview) -> list[bytearray]:
        bodies: list[bytearray] = []
        rest = memoryview(data)
        while rest:
            # A full buffer always holds a whole frame or noise, so every turn makes room.
            taken = rest[: len(self._buffer) - self._used]
            self._buffer[self._used : self._used + len(taken)] = taken
            self._used += len(taken)
            rest = rest[len(taken) :]
            self._search(bodies)
        return bodies

    def wipe(self) -> None:
        wipe(self._buffer)
        self._used = 0

    def _length(self, start: int) -> int:
        return self._buffer[start + 5] << 8 | self._buffer[start + 6]

    def _search(self, bodies: list[bytearray]) -> None:
        start = 0
        while True:
            start = self._next_preamble(start)
            if self._used - start < HEAD:
                break
            length = self._length(start)
            if not self._shortest <= length <= LONGEST:
                self.bad_lengths += 1
                start += 1
                continue
            end = start + HEAD + length
            if end > self._used:
                break
            if checksum(memoryview(self._buffer)[start + len(PREAMBLE) : end]):
                self.bad_checksums += 1
                start += 1
                continue
            bodies.append(self._buffer[start + HEAD : end - 1])
            start = end
        self._drop(start)

    def _next_preamble(self, start: int) -> int:
        """Where the next preamble begins, or where one may be beginning at the end of what there is."""
        found = self._buffer.find(PREAMBLE, start, self._used)
        if found >= 0:
            return found
        for size in range(min(len(PREAMBLE) - 1, self._used - start), 0, -1):
            if self._buffer[self._used - size : self._used] == PREAMBLE[:size]:
                return self._used - size
        return self._used

    def _drop(self, count: int) -> None:
        if count:
            left = self._used - count
            self._buffer[:left] = self._buffer[count : self._used]
            self._buffer[left : self._used] = bytes(count)
            self._used = left


_MEANING: dict[int, tuple[str, Remedy]] = {
    0x10: ("garbled", Remedy.RETRY),
    0x11: ("garbled", Remedy.RETRY),
    UNKNOWN: ("hardware", Remedy.STAFF),  # a command that every SAM knows
    0x23: ("unauthorised", Remedy.STAFF),
    0x24: ("hardware", Remedy.STAFF),
    0x31: ("moved", Remedy.RETRY),
    0x32: ("not_genuine", Remedy.OTHER_WAY),
    0x33: ("damaged", Remedy.OTHER_WAY),
    0x40: ("wrong_card", Remedy.RETRY),
    0x41: ("moved", Remedy.RETRY),
    0x47: ("hardware", Remedy.STAFF),
    0x60: ("hardware", Remedy.STAFF),
    0x66: ("unauthorised", Remedy.STAFF),
    0x80: ("moved", Remedy.RETRY),
    0x81: ("moved", Remedy.RETRY),
    0x91: ("damaged", Remedy.OTHER_WAY),  # a card without the text that every card carries
}


def fault(command: Command, reply: Reply) -> Fault:
    """The fault that a reply without success stands for; a code nobody has described is the hardware's."""
    word, remedy = _MEANING.get(reply.sw3, ("hardware", Remedy.STAFF))
    sw = f"{reply.sw1:02X} {reply.sw2:02X} {reply.sw3:02X}"
    return Fault(f"id_card_reader.{word}", remedy, f"command {command.code.hex(' ').upper()} answered SW {sw}")


def sam_number_text(data: bytes | bytearray) -> str:
    """16 bytes, little-endian → "05.01-20200115-0000012345-0000001234"; the third group is the date of production. It names the
    reader, not a person."""
    return "{:02d}.{:02d}-{:08d}-{:010d}-{:010d}".format(*struct.unpack("<HHIII", data))


def sam_number_bytes(text: str) -> bytes:
    """The other way round. Raises ValueError for a text of another shape."""
    first, day, lot, last = text.split("-")
    kind, version = first.split(".")
    return struct.pack("<HHIII", int(kind), int(version), int(day), int(lot), int(last))
