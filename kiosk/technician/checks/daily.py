"""The daily check of the shop: whether somebody goes round, and what could not be put right."""

from __future__ import annotations

from datetime import UTC, datetime

import apsw

from kiosk.model.words import Word
from kiosk.technician.daily import due, last, outstanding
from kiosk.technician.readiness import Check, Level
from kiosk.technician.record import Record
from kiosk.technician.sentences import moment


def daily_check(record: Record, now: datetime | None = None) -> Check:
    """A warning for what was reported, and where nobody has gone round for a day. Who never began with it is not reminded."""
    try:
        newest, trouble = last(record), outstanding(record)
    except apsw.Error as error:
        return Check(id="daily", level=Level.UNKNOWN, told=Word("check.unreadable", why=type(error).__name__))
    if trouble:
        what: Word | str = ""
        for name in trouble:
            what = Word("notice.and", before=what, next=Word(f"daily.{name}")) if what else Word(f"daily.{name}")
        lately = max(trouble.values(), key=lambda result: result.time)
        told = Word("check.daily.reported", when=moment(lately.time), who=lately.technician, what=what)
        return Check(id="daily", level=Level.WARN, told=told, remedy=Word("check.daily.reported.remedy"))
    if newest is None:
        return Check(id="daily", level=Level.OK, told=Word("check.daily.never"))
    when = moment(newest.time)
    if due(newest, now or datetime.now(UTC)):
        told = Word("check.daily.due", when=when, who=newest.technician)
        return Check(id="daily", level=Level.WARN, told=told, remedy=Word("check.daily.due.remedy"))
    return Check(id="daily", level=Level.OK, told=Word("check.daily.done", when=when, who=newest.technician))
