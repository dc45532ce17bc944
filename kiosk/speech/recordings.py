"""What a person has recorded, `locales/<language>/voice/<name>.ogg` (or .wav .flac .mp3), and which files a text wants.

A text without places is one file, named by its key. A text with places is said in pieces: `<key>.1`, `<key>.2` … are what stands before,
between and behind them, and what fills them is made of the files of `number/`, one a syllable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk import i18n
from kiosk.model.sound import Sound, silence
from kiosk.model.words import Text, Word
from kiosk.speech.decoded import decoded
from kiosk.speech.reading import read_aloud

ENDINGS = (".ogg", ".wav", ".flac", ".mp3")
NUMBER = "number"
SYLLABLES = "零〇一二两三四五六七八九十百千万亿点元角分年月日幺到"
PAUSE = 0.12  # seconds for a comma
_PLACE = re.compile(r"\{(\w+)\}")
_SILENT = re.compile(r"^[\s，。、！？：；,.!?:;“”()（）]*$")


@dataclass(frozen=True)
class Piece:
    """`name` of the file, without its ending; "" = a pause."""

    name: str
    said: str = ""


class Unrecordable(Exception):
    """Words from outside: nobody can have recorded them."""


def pieces(text: Text, language: str) -> Iterator[Piece]:
    """What `text` is put together from. Raises Unrecordable."""
    if isinstance(text, str):
        yield from _from_outside(text, language)
        return
    template = i18n.table(language).get(text.key, "")
    if not text.args:
        yield Piece(text.key, template)
        return
    fixed = fragments(text.key, template)
    for place, part in enumerate(_PLACE.split(template)):
        if place % 2:
            yield from pieces(_filling(text, part), language)
        elif place in fixed:
            yield fixed[place]


def fragments(key: str, template: str) -> dict[int, Piece]:
    """The parts of a template that a person records, by where they stand in it."""
    if not _PLACE.search(template):
        return {0: Piece(key, template)}
    parts = enumerate(_PLACE.split(template))
    heard = [(place, part) for place, part in parts if not place % 2 and not _SILENT.match(part)]
    return {place: Piece(f"{key}.{count}", part.strip()) for count, (place, part) in enumerate(heard, 1)}


def _filling(text: Word, name: str) -> Text:
    value = text.args.get(name, "")
    return value if isinstance(value, Word) else str(value)


def _from_outside(text: str, language: str) -> Iterator[Piece]:
    for one in read_aloud(text, language):
        if one in SYLLABLES:
            yield Piece(f"{NUMBER}/{one}", one)
        elif _SILENT.match(one):
            yield Piece("")
        else:
            raise Unrecordable


class Recordings:
    """Of one folder of locales. Blocks: a file is read and decoded."""

    def __init__(self, locales: Path) -> None:
        self._locales = locales

    def file(self, name: str, language: str) -> Path | None:
        paths = (self._locales / language / "voice" / f"{name}{ending}" for ending in ENDINGS)
        return next((path for path in paths if path.is_file()), None)

    def any(self, language: str) -> bool:
        return (self._locales / language / "voice").is_dir()

    def sound(self, text: Text, language: str) -> Sound | None:
        """None unless all of it was recorded. Raises Unsaid for a file that is no sound."""
        try:
            wanted = list(pieces(text, language))
        except Unrecordable:
            return None
        files = [self.file(piece.name, language) if piece.name else None for piece in wanted]
        if not any(files) or any(piece.name and file is None for piece, file in zip(wanted, files, strict=True)):
            return None
        together = Sound(b"")
        for file in files:
            together += decoded(file.read_bytes()) if file is not None else silence(PAUSE)
        return together
