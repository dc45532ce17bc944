"""W10: faces refused far more often than usual here. An attack, bad light, or a dirty lens (RELIABILITY §8.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from kiosk.journal import Row
from kiosk.model.events import FaceCompared, FacePaused, PresentationRefused
from kiosk.model.words import Word
from kiosk.technician.readiness import Check, Level

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
TIMES = 3.0  # the usual of an hour in which anybody looked
AT_LEAST = 6  # two people who were refused three times each may be bad luck
ATTACKS = 3  # pictures, screens, somebody else's face: so many within an hour are no accident
PAUSED = 2  # people of one hour for whom the face rests


def refused_faces(rows: Sequence[Row], now: datetime) -> Check:
    """`now` and the rows' times are UTC."""
    week = [row for row in rows if now - WEEK <= datetime.fromisoformat(row.time) <= now]
    hour = [row for row in week if now - datetime.fromisoformat(row.time) <= HOUR]
    before = week[: len(week) - len(hour)]
    open_hours = {row.time[:13] for row in before if isinstance(row.event, FaceCompared)}
    usual = _refused(before) / max(1, len(open_hours))
    refused, paused = _refused(hour), sum(isinstance(row.event, FacePaused) for row in hour)
    attacks = sum(isinstance(row.event, PresentationRefused) for row in hour)
    often = refused >= AT_LEAST and refused > TIMES * usual
    return Check(
        id="refusals",
        level=Level.WARN if often or attacks >= ATTACKS or paused >= PAUSED else Level.OK,
        told=Word("check.refusals", refused=refused, usual=f"{usual:.1f}", attacks=attacks, paused=paused),
        remedy=Word("check.refusals.remedy"),
    )


def _refused(rows: Sequence[Row]) -> int:
    return sum(isinstance(row.event, FaceCompared) and not row.event.same_person for row in rows)
