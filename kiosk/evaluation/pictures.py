"""Pictures of people who agreed to be measured with: which belong to whom, and which pairs are compared."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

ENDINGS = {".jpg", ".jpeg", ".png", ".pgm", ".bmp", ".webp"}
CARD = "card"  # how the file of a card's photo begins, in the folder of its person


class Unreadable(ValueError):
    """What was given cannot be used; says where and why."""


@dataclass(frozen=True)
class Shot:
    """One picture. `person` is "" where nobody said whose it is."""

    path: Path
    person: str
    card: bool


@dataclass(frozen=True)
class Pair:
    reference: Shot
    live: Shot
    same: bool


def pairs(given: Path) -> tuple[Pair, ...]:
    """Of a CSV file with the columns reference, live, same (1 or 0), paths relative to it; or of a folder with one folder a person.

    In folders, files beginning with "card" are references and all others live pictures: every card is compared with every live
    picture; where there is no card, every two live pictures of the set. Raises Unreadable.
    """
    found = tuple(_listed(given) if given.is_file() else _paired(people(given)))
    if not any(pair.same for pair in found) or all(pair.same for pair in found):
        raise Unreadable(f"{given}: pairs of the same person and of different people are needed")
    return found


def people(folder: Path) -> dict[str, tuple[Shot, ...]]:
    """person → pictures, in order. Raises Unreadable."""
    found = {}
    for place in sorted(path for path in folder.glob("*") if path.is_dir()) if folder.is_dir() else ():
        files = sorted(path for path in place.iterdir() if path.suffix.lower() in ENDINGS)
        if files:
            found[place.name] = tuple(Shot(path, place.name, path.name.startswith(CARD)) for path in files)
    if len(found) < 2:
        raise Unreadable(f"{folder}: a folder with one folder a person is needed, two people at least, or a CSV file")
    return found


def _paired(shots: dict[str, tuple[Shot, ...]]) -> Iterator[Pair]:
    everything = [shot for person in shots.values() for shot in person]
    cards, live = [shot for shot in everything if shot.card], [shot for shot in everything if not shot.card]
    if cards:
        yield from (Pair(card, shot, card.person == shot.person) for card in cards for shot in live)
    else:
        yield from (Pair(one, other, one.person == other.person) for one, other in combinations(live, 2))


def _listed(file: Path) -> Iterator[Pair]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"reference", "live", "same"} <= set(reader.fieldnames or ()):
            raise Unreadable(f"{file}: the first line must name the columns reference, live and same")
        for number, line in enumerate(reader, 2):
            if line["same"] not in ("0", "1") or not line["reference"] or not line["live"]:
                raise Unreadable(f"{file}, line {number}: two pictures and 1 or 0 are needed")
            reference, live = (file.parent / line[name] for name in ("reference", "live"))
            yield Pair(_shot(reference, file, number, card=True), _shot(live, file, number, card=False), line["same"] == "1")


def _shot(path: Path, file: Path, number: int, *, card: bool) -> Shot:
    if not path.is_file():
        raise Unreadable(f"{file}, line {number}: {path} is not there")
    return Shot(path, "", card)
