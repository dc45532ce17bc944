"""The touch panel of the last week: how often something pressed it for ten seconds. Leaning children, a wet glass, a dead spot (F-15)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import apsw

from kiosk.model.words import Word
from kiosk.technician.readiness import Check, Level
from kiosk.technician.record import Outcome, Record
from kiosk.technician.self_test import SCREEN
from kiosk.technician.sentences import moment

WEEK = timedelta(days=7)


def touch_panel(record: Record, now: datetime | None = None) -> Check:
    """A warning until somebody has wiped the whole glass after the last time, or a week has passed."""
    try:
        troubles, grid = record.troubles(SCREEN, 100), record.last_results(SCREEN).get("touch")
    except apsw.Error as error:
        return Check(id="touch", level=Level.UNKNOWN, told=Word("check.unreadable", why=type(error).__name__))
    since = (now or datetime.now(UTC)) - WEEK
    if grid is not None and grid.outcome is Outcome.PASS:
        since = max(since, grid.time)
    lately = [one for one in troubles if one.time > since]
    if not lately:
        return Check(id="touch", level=Level.OK, told=Word("check.touch.free"))
    told = Word("check.touch.stuck", times=len(lately), last=moment(lately[0].time))
    return Check(id="touch", level=Level.WARN, told=told, remedy=Word("fault.screen.stuck.next"))
