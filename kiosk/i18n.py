"""Words for citizens, by key: gettext .po files under `locales/<language>/`, one file a room of the house."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from kiosk.model.words import Text, Word

LOCALES = Path(__file__).resolve().parent.parent / "locales"
LANGUAGES = ("zh_Hans", "zh_Hant", "en", "nan")  # in the order in which they are offered
REFERENCE = "zh_Hans"  # every key exists here first
SAME_NAMES = ("nan",)  # names of places are written as in the reference, and need not be given again
_FORMS = {"zh_Hant": "TC"}


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
def rooms(language: str) -> Mapping[str, Mapping[str, str]]:
    """room → key → text: the .po files of one language as they are, one a room of the house."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id and m.string}
    return found


@cache
def _read(language: str) -> Mapping[str, str]:
    return {key: text for room in rooms(language).values() for key, text in room.items()}


def forms(language: str) -> str:
    """Whose shapes of the same characters are read, as Noto CJK names them: TC in Taiwan, SC on the mainland."""
    return _FORMS.get(language, "SC")


def lacking(*keys: str) -> Iterator[str]:
    """Which languages have no words for `keys`. What only a translation lacks is told by `gaps`, with its file."""
    for language in LANGUAGES:
        for key in keys:
            if key not in table(language) and (language == REFERENCE or key not in _read(REFERENCE)):
                yield f"{language}: no words for {key}"


def gaps() -> Iterator[str]:
    """File by file, where a language does not say what the reference says: keys that are missing or too many, other {places}."""
    reference = rooms(REFERENCE)
    for language in LANGUAGES:
        theirs = rooms(language)
        for room in sorted(reference.keys() | theirs.keys()):
            wanted, there = reference.get(room, {}), theirs.get(room, {})
            file = f"locales/{language}/{room}.po"
            for key, text in wanted.items():
                if key not in there:
                    yield f"{file}: no words for {key} ({REFERENCE}: {text})"
                elif _places(there[key]) != _places(text):
                    yield f"{file}: {key} fills {_places(there[key]) or 'nothing'}, {REFERENCE} fills {_places(text) or 'nothing'}"
            yield from (f"{file}: {key} is not in locales/{REFERENCE}/{room}.po" for key in there if key not in wanted)


def _places(text: str) -> str:
    return " ".join(sorted(set(re.findall(r"\{\w+\}", text))))


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
