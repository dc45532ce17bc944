"""PEOPLE: the twelve invented citizens of demo, tours and tests, four neighbours with other kinds of card, a child; nobody here exists."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.model.person import CardKind, IdCard

FOLDER = Path(__file__).resolve().parent
_DAYS = ("birth", "valid_from", "valid_to")


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """`card.photo` is the 1024-byte block that the simulated card carries (WebP, zero-padded, in place of the closed WLT codec)."""

    id: str
    card: IdCard
    portrait: Path  # the card photo as a JPEG, 358 × 441
    clip: Path  # MJPG AVI, 640 × 480, 15 fps: what the simulated camera sees of this person


@cache
def citizens() -> dict[str, Citizen]:
    """By id, c01 … c12. c08 has a rare character in the name, c10 an expired card, c05 and others one without end (长期)."""
    return {
        id: Citizen(
            id=id,
            card=_card({"kind": " ", **row}, (FOLDER / id / "photo.bin").read_bytes()),
            portrait=FOLDER / id / "portrait.jpg",
            clip=FOLDER / id / "clip.avi",
        )
        for id, row in rows("citizens").items()
    }


@cache
def neighbours() -> dict[str, IdCard]:
    """By id: n01 from Hong Kong, n02 with a foreigner's card of 2017, n03 and n04 with one of 2023. Their chips carry no photo;

    n04's name has all the 46 letters that fit.
    """
    return {id: _card(row, bytes(1024)) for id, row in rows("neighbours").items()}


@cache
def children() -> dict[str, IdCard]:
    """By id: k01, the son of c02, for whom a guardian has to agree until June 2037. His chip carries no photo either."""
    return {id: _card(row, bytes(1024)) for id, row in rows("children").items()}


def cards() -> dict[str, IdCard]:
    """Everybody's card by id, citizens first."""
    return {**{id: one.card for id, one in citizens().items()}, **neighbours(), **children()}


def rows(name: str) -> Mapping[str, Mapping[str, str]]:
    """What stands in `<name>.toml`: "citizens", "neighbours" or "children"."""
    found: dict[str, dict[str, str]] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return found


def _card(row: Mapping[str, str], photo: bytes) -> IdCard:
    days: dict[str, Any] = {"valid_to": None, **{name: date.fromisoformat(row[name]) for name in _DAYS if name in row}}
    return IdCard(**{**row, **days, "kind": CardKind(row["kind"]), "photo": photo})
