"""What a citizen carries away, before it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.model.words import Text


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A receipt: what was done, where, when, which number. Names and numbers on it are masked before they get here."""

    title: Text
    rows: tuple[tuple[Text, Text], ...] = ()
    notes: tuple[Text, ...] = ()
    warning: Text = ""  # printed large: "do not pay again"
    qr: str = ""
    qr_caption: Text = ""
    station: str = ""
    hotline: str = ""
    printed_at: datetime
    practice: bool = False  # a volunteer learned on it: it proves nothing
    reprint: int = 0  # how many strips of this slip may lie about, cut short: this one says that they are void


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a slip in a printer's own font, where a slip is text: `holds` says which characters that font has."""

    text: str = field(repr=False)
    bold: bool = False
    large: bool = False  # twice as wide and high
    centred: bool = False

    @property
    def columns(self) -> int:
        return columns(self.text) * (1 + self.large)


def columns(text: str) -> int:
    """Half-width columns of a printer's own font that `text` takes: one for ASCII, two for everything else."""
    return sum(1 if character.isascii() else 2 for character in text)


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """An A4 page in the department's own words (always Chinese: it is an official document). Personal: never logged."""

    title: str
    number: str
    issuer: str
    issued_on: str  # 2026年11月22日
    paragraphs: tuple[str, ...] = field(default=(), repr=False)
    holder: Mapping[str, str] = field(default_factory=dict, repr=False)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    verify_code: str = ""
    verify_url: str = ""
    seal_png: bytes = field(default=b"", repr=False)
    station: str = ""
    printed_at: datetime
    specimen: bool = False  # a demo page says so across its face
