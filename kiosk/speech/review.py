"""The list for a reviewer of a language: every text beside its meaning, for 闽南语 its reading too, and whether it has been reviewed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TextIO

from babel.messages.pofile import read_po

from kiosk import i18n
from kiosk.speech.tailo import romaniser

ENGLISH = "en"


@dataclass(frozen=True)
class Text:
    """`reviewed`: the flag `#, fuzzy` has been taken off the text in its .po file, as any editor for such files does."""

    file: str
    key: str
    text: str
    tailo: str
    mandarin: str
    english: str
    reviewed: str


def texts(language: str, locales: Path = i18n.LOCALES) -> Iterator[Text]:
    """Without the official names that stand as they are in 简体: there is nothing to review in them."""
    mandarin, english = i18n.table(i18n.REFERENCE), i18n.table(ENGLISH)
    romanise = romaniser() if language == "nan" else lambda text: ""
    for path in sorted((locales / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            key, said = str(message.id), str(message.string)
            if key and said and said != mandarin.get(key):
                reviewed = "" if message.fuzzy else "yes"
                yield Text(path.name, key, said, romanise(said), mandarin.get(key, ""), english.get(key, ""), reviewed)


def write(language: str, to: TextIO, locales: Path = i18n.LOCALES) -> tuple[int, int]:
    """As CSV that a spreadsheet opens. Returns how many there are, and how many of them are reviewed."""
    table = csv.writer(to)
    table.writerow([field.name for field in fields(Text)])
    count = reviewed = 0
    for text in texts(language, locales):
        table.writerow(astuple(text))
        count, reviewed = count + 1, reviewed + bool(text.reviewed)
    return count, reviewed
