"""Words for citizens, by key: gettext .po files under `locales/<language>/`, one file a room of the house."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from kiosk.model.words import Text, Word

LOCALES = Path(__file__).resolve().parent.parent / "locales"
LANGUAGES = ("zh_Hans", "en")  # zh_Hant and nan bring their folders with the accessibility issue
REFERENCE = "zh_Hans"  # every key exists here first


_added: dict[str, dict[str, str]] = {}


def add(language: str, words: Mapping[str, str]) -> None:
    """Words that items from outside bring along. ValueError for a key that has its words already: nobody rewords the house."""
    there = table(language)
    taken = sorted(key for key, text in words.items() if there.get(key, text) != text)
    if taken:
        raise ValueError(f"{language}: {', '.join(taken)} has words already")
    _added.setdefault(language, {}).update(words)


def table(language: str) -> Mapping[str, str]:
    """key → text of one language. A key without a text is absent."""
    return {**_read(language), **_added.get(language, {})} if language in _added else _read(language)


@cache
def _read(language: str) -> Mapping[str, str]:
    """All .po files of one language (one a room of the house)."""
    found: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id and m.string}
    return found


def say(text: Text, language: str) -> str:
    """`text` in `language`; a missing key shows itself (`⟦pay.title⟧`), so that nobody overlooks it and nothing crashes."""
    if isinstance(text, str):
        return text
    words = table(language).get(text.key) or table(REFERENCE).get(text.key)
    if words is None:
        return f"⟦{text.key}⟧"
    for name, value in text.args.items():
        filled = say(value, language) if isinstance(value, Word) else str(value)
        words = words.replace("{" + name + "}", filled)
    return words
