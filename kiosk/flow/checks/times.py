"""Days and months."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kiosk.model.item import Input
from kiosk.model.words import Text, Word

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_OLDEST = date(1900, 1, 1)


def month_range(one: Input, value: str, today: date) -> Text:
    first, slash, last = value.partition("/")
    if not slash or not first or not last:
        return Word("check.month_range")
    if not _MONTH.fullmatch(first) or not _MONTH.fullmatch(last):
        return Word("check.month_range")
    if first > last:
        return Word("check.month_reversed")
    if last > f"{today:%Y-%m}":
        return Word("check.month_future")
    if one.max is not None and months(value) > one.max:
        return Word("check.month_many", max=one.max)
    return ""


def months(value: str) -> int:
    """How many months "2025-01/2025-12" holds: 12."""
    first, _, last = value.partition("/")
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1


def day(one: Input, value: str, today: date) -> Text:
    """`min` and `max` of a DATE are days from today."""
    chosen = read(value)
    if chosen is None or chosen < _OLDEST:
        return Word("check.date")
    first = None if one.min is None else today + timedelta(days=one.min)
    last = None if one.max is None else today + timedelta(days=one.max)
    if last is not None and chosen > last:
        return Word("check.date_future") if last == today else Word("check.date_late", last=written(last))
    if first is not None and chosen < first:
        return Word("check.date_past") if first == today else Word("check.date_early", first=written(first))
    return ""


def read(value: str) -> date | None:
    """ "2026-11-25" as a day; None for anything else, other spellings of ISO 8601 too."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def written(day: date) -> Word:
    """A day as it is said."""
    return Word("answer.date", year=day.year, month=Word(f"fields.month.{day.month}"), day=day.day)
