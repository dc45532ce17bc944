"""The books as a technician asks about them: the journal intact, settled, sent; how often departments left us without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import apsw

from kiosk.config import Config
from kiosk.journal import NoKey, Row, looking, station_keys
from kiosk.journal.ledger import DAMAGE
from kiosk.journal.outbox import ROWS
from kiosk.journal.unsettled import Open, unsettled
from kiosk.model.words import Word
from kiosk.technician.checks.faces import refused_faces
from kiosk.technician.readiness import Check, Level
from kiosk.technician.record import Record

TOO_OFTEN, AT_LEAST = 0.1, 3  # of what was sent, and so many: then it is more than bad luck


def books(config: Config) -> list[Check]:
    """Reads one moment of the journal beside whoever writes it; changes nothing."""
    place = config.state / "journal.db"
    if not place.exists():
        return [Check(id="journal", level=Level.OK, told=Word("check.journal.none"))]
    try:
        with looking(place, config.station.id, station_keys(config.state, make=False)) as book:
            rows = tuple(book.rows(every_signature=True))
            waiting = len(book.outbox.oldest(ROWS + 1))
    except DAMAGE as damage:
        why = str(damage) or type(damage).__name__
        return [Check(id="journal", level=Level.FAIL, told=Word("check.journal.damaged", why=why), remedy=Word("check.journal.remedy"))]
    except (NoKey, OSError, apsw.Error) as error:
        return [Check(id="journal", level=Level.UNKNOWN, told=Word("check.unreadable", why=type(error).__name__))]
    return [
        Check(id="journal", level=Level.OK, told=Word("check.journal.intact", rows=len(rows))),
        _money(rows),
        _outbox(waiting),
        refused_faces(rows, datetime.now(UTC)),
    ]


def _money(rows: Iterable[Row]) -> Check:
    """Orders and refunds alone: a visit that goes on just now is open, too, and nothing to see to."""
    still = Counter(one.what for one in unsettled(row.event for row in rows))
    orders, refunds = still[Open.ORDER], still[Open.REFUND]
    level = Level.WARN if orders or refunds else Level.OK
    told = Word("check.unsettled", orders=orders, refunds=refunds)
    return Check(id="unsettled", level=level, told=told, remedy=Word("check.unsettled.remedy"))


def _outbox(waiting: int) -> Check:
    level = Level.WARN if waiting > ROWS // 2 else Level.OK
    return Check(id="outbox", level=level, told=Word("check.outbox", count=waiting), remedy=Word("check.outbox.remedy"))


def answers(record: Record) -> Iterator[Check]:
    """Per department of the last week: what was asked there, and how much of it came to no answer."""
    try:
        calls = record.calls()
    except apsw.Error as error:
        yield Check(id="answers", level=Level.UNKNOWN, told=Word("check.unreadable", why=type(error).__name__))
        return
    for system, (sent, lost) in calls.items():
        often = lost >= AT_LEAST and lost / sent > TOO_OFTEN
        told = Word("check.answers", name=system, sent=sent, lost=lost)
        yield Check(id=f"answers:{system}", level=Level.WARN if often else Level.OK, told=told, remedy=Word("check.ping.remedy"))
