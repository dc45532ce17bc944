"""PEOPLE: the twelve invented citizens of demo, tours and tests. Data and its one reader; nobody here exists."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kiosk.model.person import CardKind, IdCard

FOLDER = Path(__file__).resolve().parent


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
    found = {}
    for id, row in tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8")).items():
        card = IdCard(
            kind=CardKind.MAINLAND,
            name=row["name"],
            sex=row["sex"],
            nation=row["nation"],
            birth=date.fromisoformat(row["birth"]),
            address=row["address"],
            id_number=row["id_number"],
            authority=row["authority"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if "valid_to" in row else None,
            photo=(FOLDER / id / "photo.bin").read_bytes(),
        )
        found[id] = Citizen(id=id, card=card, portrait=FOLDER / id / "portrait.jpg", clip=FOLDER / id / "clip.avi")
    return found
