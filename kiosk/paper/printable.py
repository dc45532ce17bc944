"""Data that is only data: whatever came from outside is printed as characters, never obeyed (F-50)."""

from __future__ import annotations

import unicodedata

# Controls (ESC, GS, NUL), formats (bidi marks, zero widths, tags), surrogates, private use, unassigned.
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS_A_CHARACTER = 2  # Vietnamese needs two; a tower of forty would paint over the lines above


def printable(text: str, most: int) -> str:
    """`text` in one line without anything but visible characters, at most `most` of them; a longer one ends with …"""
    kept: list[str] = []
    marks = 0
    # Looking at four times as many is enough: what is refused in between is an attack, not a name.
    for character in unicodedata.normalize("NFC", text[: most * 4]):
        category = unicodedata.category(character)
        if character in "\t\n\v\f\r" or category in ("Zs", "Zl", "Zp"):
            character = " "
        elif category in _REFUSED:
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MARKS_A_CHARACTER or (character == " " and (not kept or kept[-1] == " ")):
            continue
        kept.append(character)
    whole = "".join(kept).strip()
    if len(whole) > most or len(text) > most * 4:
        return whole[: most - 1] + "…"
    return whole
