"""What is said of one thing on the glass: what it is called, what it is, how it stands. And which of that is nobody else's business."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtGui import QAccessible

from kiosk import i18n
from kiosk.flow.stage import Said
from kiosk.model.words import Text, Word
from kiosk.screens.reader.walk import Stop

COUNTED = ("nav.step", "fields.count", "pay.seconds", "count.seconds")  # nothing but numbers stands in their places, and none of a person
ROLES = {
    QAccessible.Role.Button: "reader.role.button",
    QAccessible.Role.CheckBox: "reader.role.check",
    QAccessible.Role.RadioButton: "reader.role.choice",
    QAccessible.Role.EditableText: "reader.role.line",
}


def said(stop: Stop, *, language: str, private: bool) -> tuple[Said, ...]:
    """`private`: the screen shows what is personal, so that of its texts only those are for all that no person's data could be."""
    name = Said(text=stop.name, personal=private and not _public(stop.name, language))
    if stop.kind in ("text", "key"):
        return (name,)
    return (name, Said(text=Word(ROLES[stop.role])), *states(stop))


def states(stop: Stop) -> tuple[Said, ...]:
    if stop.kind == "line":
        return (content(stop.value),)
    found: list[Text] = []
    if stop.checked is not None:
        on, off = ("chosen", "open") if stop.role == QAccessible.Role.RadioButton else ("on", "off")
        found.append(Word(f"reader.state.{on if stop.checked else off}"))
    if not stop.enabled:
        found.append(Word("reader.state.disabled"))
    return tuple(Said(text=text) for text in found)


def content(value: str) -> Said:
    """What stands in a line: always somebody's."""
    if not value:
        return Said(text=Word("reader.line.empty"))
    return Said(text=value, personal=True, instead=Word("reader.line.filled", count=len(value)))


@cache
def _fixed(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    words = {**i18n.table(i18n.REFERENCE), **i18n.table(language)}
    counted = "|".join(re.sub(r"\\\{\w+\\\}", r"\\d+", re.escape(words[key])) for key in COUNTED)
    return frozenset(words.values()), re.compile(counted)


def _public(text: str, language: str) -> bool:
    fixed, counted = _fixed(language)
    return text in fixed or counted.fullmatch(text) is not None
