"""What an ESC/POS printer makes of the bytes it gets: the commands our slips use, without input or output of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Init:
    """ESC @."""


@dataclass(frozen=True)
class Feed:
    rows: int


@dataclass(frozen=True, eq=False)
class Image:
    """GS v 0: rows × dots, True = black, as large as they come out."""

    dots: NDArray[np.bool_]


@dataclass(frozen=True)
class Style:
    """ESC a (align), ESC E (bold), GS ! and FS ! (size): which one, and its parameter."""

    name: str
    value: int


@dataclass(frozen=True)
class Chinese:
    """FS & and FS .: whether two bytes are a character."""

    on: bool


@dataclass(frozen=True)
class Text:
    """Bytes to be drawn in the printer's own font."""

    raw: bytes


@dataclass(frozen=True)
class LineFeed:
    """LF: the line that stands in the buffer, or an empty one."""


@dataclass(frozen=True)
class Cut:
    """GS V."""


@dataclass(frozen=True)
class PaperSensor:
    """GS r 1: answered in its turn."""


@dataclass(frozen=True)
class Identify:
    """GS I n: answered in its turn."""

    question: int


@dataclass(frozen=True)
class Status:
    """DLE EOT n: answered at once, whatever is waiting."""

    question: int


@dataclass(frozen=True)
class Automatic:
    """GS a n: which changes it tells by itself."""

    what: int


@dataclass(frozen=True)
class Forget:
    """DLE DC4 8: what is waiting is thrown away, at once."""


@dataclass(frozen=True)
class Unknown:
    """A byte that a slip of ours never holds."""

    raw: bytes


Command = Init | Feed | Image | Style | Chinese | Text | LineFeed | Cut | PaperSensor | Identify | Status | Automatic | Forget | Unknown
Found = tuple[Command, int]


def _image(data: bytes) -> Found | None:
    if len(data) < 8:
        return None
    across, rows = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
    end = 8 + across * rows
    if len(data) < end:
        return None
    packed = np.frombuffer(data[8:end], dtype=np.uint8).reshape(rows, across)
    dots = np.unpackbits(packed, axis=1).astype(np.bool_)
    wide, high = 1 + (data[3] & 1), 1 + (data[3] >> 1 & 1)
    return Image(np.kron(dots, np.ones((high, wide), dtype=np.bool_)) if wide * high > 1 else dots), end


def _cut(data: bytes) -> Found | None:
    length = 4 if data[2:3] in (b"A", b"B") else 3
    return (Cut(), length) if len(data) >= length else None


def _style(name: str) -> Callable[[bytes], Found]:
    return lambda data: (Style(name, data[2]), 3)


# First bytes → (shortest length, what it is). The longest fitting beginning wins.
_COMMANDS: dict[bytes, tuple[int, Callable[[bytes], Found | None]]] = {
    b"\x1b@": (2, lambda data: (Init(), 2)),
    b"\x1da": (3, lambda data: (Automatic(data[2]), 3)),
    b"\x1dv0": (4, _image),
    b"\x1dV": (3, _cut),
    b"\x1dr": (3, lambda data: (PaperSensor(), 3)),
    b"\x1dI": (3, lambda data: (Identify(data[2]), 3)),
    b"\x1ba": (3, _style("align")),
    b"\x1bE": (3, _style("bold")),
    b"\x1d!": (3, _style("size")),
    b"\x1c!": (3, _style("chinese_size")),
    b"\x1c&": (2, lambda data: (Chinese(True), 2)),
    b"\x1c.": (2, lambda data: (Chinese(False), 2)),
    b"\x1bd": (3, lambda data: (Feed(data[2] * LINE), 3)),
    b"\x1bJ": (3, lambda data: (Feed(data[2]), 3)),
    b"\x10\x04": (3, lambda data: (Status(data[2]), 3)),
    b"\x10\x14\x08": (10, lambda data: (Forget(), 10)),
    b"\n": (1, lambda data: (LineFeed(), 1)),
}
LINE = 30  # rows of one line feed at the default spacing


class EscposStream:
    """Cuts a stream into commands, however the line split it."""

    def __init__(self) -> None:
        self._data = b""

    def feed(self, data: bytes) -> Iterator[Command]:
        self._data += data
        while self._data:
            found = self._next()
            if found is None:
                return
            command, length = found
            self._data = self._data[length:]
            yield command

    def _next(self) -> Found | None:
        """The first command and its length; None while it is not whole."""
        for size in (3, 2, 1):
            if entry := _COMMANDS.get(self._data[:size]):
                shortest, make = entry
                return make(self._data) if len(self._data) >= shortest else None
        if len(self._data) < 3 and any(start.startswith(self._data) for start in _COMMANDS):
            return None
        length = next((place for place, byte in enumerate(self._data) if byte < 0x20), len(self._data))
        return (Text(self._data[:length]), length) if length else (Unknown(self._data[:1]), 1)
