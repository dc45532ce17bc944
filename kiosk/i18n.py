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


@cache
def table(language: str) -> Mapping[str, str]:
    """key → text of one language, out of all its .po files (one a room of the house). A key without a text is absent."""
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
