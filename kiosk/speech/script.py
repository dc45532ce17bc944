"""The recording list for a voice actor: every text that is said, in the pieces that it is recorded in, and which of them are there."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TextIO

from kiosk import i18n
from kiosk.speech.recordings import NUMBER, SYLLABLES, Recordings, fragments
from kiosk.speech.tailo import romaniser

# Rooms whose words are said to nobody: those for technicians and developers, for paper, and names of places.
SILENT_ROOMS = re.compile(r"levers-\w+|dock|technician|service-door|paper|places|sound")
UNSAID = re.compile(r"^(lang|role|unit|life|test|fact)\.|^item\.(?!fee\.).*\.(law|search|number|none|facts.*)$")  # in the other rooms
FIRST = ("still", "card_left", "goodbye", "read_card", "help", "end", "nav", "attract", "home")  # heard most often
WITHOUT_SYLLABLES = "en"  # its numbers are not made of syllables: a text with a number in it is the synthesiser's


@dataclass(frozen=True)
class Line:
    """One recording. `tailo`: how 闽南语 is read, for a native speaker to correct; `there`: the file is in its folder."""

    key: str
    file: str
    text: str
    tailo: str
    there: str


def lines(language: str, locales: Path = i18n.LOCALES) -> Iterator[Line]:
    """What is heard most often first, what stands in one item last, then the syllables that numbers are made of."""
    words = spoken_words(language)
    recordings, romanise = Recordings(locales), romaniser() if language == "nan" else lambda text: ""
    wanted = [(key, piece.name, piece.said) for key in sorted(words, key=_rank) for piece in fragments(key, words[key]).values()]
    if words and language != WITHOUT_SYLLABLES:
        wanted += [(NUMBER, f"{NUMBER}/{one}", one) for one in SYLLABLES]
    for key, name, said in wanted:
        there = recordings.file(name, language)
        yield Line(key, f"{name}.ogg" if there is None else there.name, said, romanise(said), "" if there is None else "yes")


def spoken_words(language: str) -> dict[str, str]:
    """key → text of all that may be said."""
    rooms = (room for name, room in i18n.rooms(language).items() if not SILENT_ROOMS.fullmatch(name))
    return {key: text for room in rooms for key, text in room.items() if not UNSAID.search(key)}


def write(language: str, to: TextIO, locales: Path = i18n.LOCALES) -> tuple[int, int]:
    """As CSV that a spreadsheet opens. Returns how many there are, and how many of them are recorded."""
    table = csv.writer(to)
    table.writerow([field.name for field in fields(Line)])
    count = there = 0
    for line in lines(language, locales):
        table.writerow(astuple(line))
        count, there = count + 1, there + bool(line.there)
    return count, there


def _rank(key: str) -> tuple[int, str]:
    room = key.partition(".")[0]
    return (FIRST.index(room) if room in FIRST else 99 if room in ("item", "fault") else 50), key
