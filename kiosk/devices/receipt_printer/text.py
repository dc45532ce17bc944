"""What a Chinese printer's own font holds, and how it is asked for it: GBK behind FS &, never a byte that it could obey."""

from __future__ import annotations

import unicodedata

from kiosk.model.paper import Line

HALF = 12  # dots of a half-width character of font A; a Chinese one has 24 × 24
MISSING = "□"  # stands where a character that is not held was given all the same: seen, never vanished

_START = b"\x1c&"  # Chinese on: printers for other markets start without
_PLAIN = b"\x1ba\x00\x1bE\x00\x1d!\x00\x1c!\x00"
# Makers draw ¥ (U+00A5) with four bytes; the full-width one is in every Chinese font.
_SAME = str.maketrans({"¥": "￥"})


def holds(character: str) -> bool:
    """ASCII or GBK. What GB18030 has beyond it, four bytes (㐱, 𠮷) or two (䶮), is what cheap printers do not know (DEVICES.md §2.3)."""
    return _bytes_of(character) is not None


def encode(line: Line) -> bytes:
    """Commands and characters of one line with its line feed. Whatever is not held comes out as □, controls not at all."""
    style = b"".join(
        (
            b"\x1ba\x01" if line.centred else b"",
            b"\x1bE\x01" if line.bold else b"",
            b"\x1d!\x11\x1c!\x0c" if line.large else b"",  # FS !: Chinese has a size of its own
        )
    )
    said = b"".join(_bytes_of(character) or _filler(character) for character in line.text)
    return _START + style + said + b"\n" + (_PLAIN if style else b"")


def _bytes_of(character: str) -> bytes | None:
    character = character.translate(_SAME)
    if character.isascii():
        return character.encode("ascii") if character.isprintable() else None
    try:
        return character.encode("gbk")  # the same two bytes as in GB18030
    except UnicodeEncodeError:
        return None


def _filler(character: str) -> bytes:
    # Controls, formats and surrogates have no shape: nothing is missing where they are left out.
    return b"" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else MISSING.encode("gbk")
