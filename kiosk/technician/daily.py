"""The daily check of a shop: two minutes when it opens, one when it closes. What is looked at is data; what came of it is in the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from kiosk.devices.roles import CODES, CONTACTLESS, DOCUMENTS, FACE_CAMERA, ID_CARD, RECEIPTS
from kiosk.model.health import Health, Supply
from kiosk.model.words import Text, Word
from kiosk.technician.record import Outcome, Record, Result

ROLE = "daily"  # under which results of rounds are kept; no device has that name
OPENING, CLOSING = "opening", "closing"
ROUNDS = (OPENING, CLOSING)
LOOKED_BACK = 60  # rounds: a month
NO = "no"  # whoever looked says that it is not as it should be; other reasons are codes: see `why`
LYING = "lies_there"  # the machine sees a card or a page that somebody left
LATE = timedelta(hours=26)  # a shop that opens at eight has an hour or two, every day


class Way(Enum):
    """How it is found out. What the machine knows is shown and never asked."""

    KNOWN = "known"  # the device's own health and supplies
    EYES = "eyes"  # a person looks
    EMPTY = "empty"  # the machine may see that something lies there; that nothing does, only a person sees
    PICTURE = "picture"  # the camera's picture: measured, then looked at by a person
    GRID = "grid"  # a finger on every field of the glass
    PRINT = "print"  # a slip is printed, a person reads it


@dataclass(frozen=True, kw_only=True)
class Point:
    """`drawing`: which picture of `kiosk/screens/parts/DailyDrawing.qml`; `role`: its device, a terminal without it has no such point.

    Words: `daily.<name>` (what it is called), `.ask` (of whoever looks), `.mend` (what to do when it is not well).
    """

    name: str
    way: Way
    drawing: str
    rounds: Collection[str] = ROUNDS
    role: str = ""


# In this order: what the machine knows first, what soils the fingers last.
POINTS = (
    Point(name="receipts", way=Way.KNOWN, drawing="roll", role=RECEIPTS.name),
    Point(name="documents", way=Way.KNOWN, drawing="sheets", role=DOCUMENTS.name),
    Point(name="id_card", way=Way.KNOWN, drawing="plug", role=ID_CARD.name, rounds=(OPENING,)),
    Point(name="contactless", way=Way.KNOWN, drawing="plug", role=CONTACTLESS.name, rounds=(OPENING,)),
    Point(name="codes", way=Way.KNOWN, drawing="plug", role=CODES.name, rounds=(OPENING,)),
    Point(name="camera", way=Way.PICTURE, drawing="lens", role=FACE_CAMERA.name, rounds=(OPENING,)),
    Point(name="print", way=Way.PRINT, drawing="slip", role=RECEIPTS.name, rounds=(OPENING,)),
    Point(name="reader", way=Way.EMPTY, drawing="card", role=ID_CARD.name, rounds=(CLOSING,)),
    Point(name="tray", way=Way.EMPTY, drawing="page", role=DOCUMENTS.name, rounds=(CLOSING,)),
    Point(name="touch", way=Way.GRID, drawing="finger", rounds=(OPENING,)),
    Point(name="glass", way=Way.EYES, drawing="cloth"),
)


def points(round: str, roles: Collection[str]) -> tuple[Point, ...]:
    """What is looked at in `round` at a terminal that has devices for `roles`."""
    return tuple(point for point in POINTS if round in point.rounds and (not point.role or point.role in roles))


def known(health: Health) -> str:
    """Why a device is not well enough for a day, "" where it is: out or low counts, for the day is long."""
    if health.code:
        return health.code
    if not health.state.usable:
        return f"state.{health.state.value}"
    short = [supply for supply, left in health.supplies.items() if left in (Supply.LOW, Supply.OUT, Supply.JAMMED)]
    return f"supply.{health.supplies[short[0]].value}" if short else ""


def why(code: str) -> Text:
    """A reason as a sentence: of a device, of its fault, of this check itself, or of a self-test."""
    first, dot, rest = code.partition(".")
    if first == "supply" or code in (NO, LYING):
        return Word(f"daily.why.{rest or code}")
    if first == "state":
        return Word(code)
    return Word(f"fault.{code}" if dot else f"test.why.{code}")


def keep(record: Record, round: str, who: str, found: Mapping[str, str], at: datetime, *, whole: bool) -> Result:
    """`found`: point → why it is reported, "" where it is well. A round that was left is kept too, as such."""
    facts = {name: code or "well" for name, code in found.items()}
    outcome = Outcome.SKIPPED if not whole else Outcome.FAIL if any(found.values()) else Outcome.PASS
    result = Result(time=at, technician=who, role=ROLE, test=round, outcome=outcome, facts=facts)
    record.keep(result)
    return result


def reported(result: Result) -> dict[str, str]:
    """point → why, of all that could not be put right."""
    return {name: code for name, code in result.facts.items() if code != "well"}


def last(record: Record) -> Result | None:
    """The newest round that was gone through to its end."""
    return next((one for one in record.results(ROLE, LOOKED_BACK) if one.outcome is not Outcome.SKIPPED), None)


def outstanding(record: Record) -> dict[str, Result]:
    """point → the newest round that looked at it, where it was reported there: who closes the shop does not look at the camera."""
    newest: dict[str, Result] = {}
    for result in record.results(ROLE, LOOKED_BACK):
        for name in result.facts:
            newest.setdefault(name, result)
    return {name: result for name, result in newest.items() if name in reported(result)}


def due(newest: Result | None, at: datetime) -> bool:
    """Whether nobody has gone round for a day. `at`: with its zone."""
    return newest is None or at - newest.time > LATE
