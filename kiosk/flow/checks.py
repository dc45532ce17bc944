"""Is what was typed what was asked for? Every wrong value gets a sentence that says what to mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kiosk.model.item import Input, InputType
from kiosk.model.words import Text, Word

LONGEST = 200  # characters of any one answer, whatever the item says

PATTERNS = {
    # Han of any plane (rare surnames lie in extensions A to H), the dot of minority names, Latin letters and blanks between.
    "han_name": re.compile(r"(?! )[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af·A-Za-z ]+"),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def check(one: Input, value: str, options: frozenset[str], today: date) -> Text:
    """What is wrong with `value` for the question `one`, or "". `options` are the values that may be chosen, if it is a choice."""
    value = value.strip()
    if not value:
        return Word("check.required") if one.required and not one.default else ""
    if len(value) > LONGEST:
        return Word("check.too_long", max=one.max or LONGEST)
    match one.type:
        case InputType.TEXT:
            return _text(one, value)
        case InputType.INTEGER:
            return _integer(one, value)
        case InputType.MONTH_RANGE:
            return _month_range(one, value, today)
        case InputType.ID_NUMBER:
            return id_number(value, today)
        case InputType.PHONE:
            return "" if re.fullmatch(r"1[3-9]\d{9}", value, re.ASCII) else Word("check.phone")
        case InputType.ENUM | InputType.LOOKUP:
            return "" if value in options else Word("check.choose")


def _text(one: Input, value: str) -> Text:
    if one.min is not None and len(value) < one.min:
        return Word("check.too_short", min=one.min)
    if one.max is not None and len(value) > one.max:
        return Word("check.too_long", max=one.max)
    if one.pattern and not PATTERNS[one.pattern].fullmatch(value):
        return Word(f"check.{one.pattern}")
    if not value.isprintable():
        return Word("check.characters")
    return ""


def _integer(one: Input, value: str) -> Text:
    low, high = one.min if one.min is not None else 0, one.max if one.max is not None else 999
    number = int(value) if re.fullmatch(r"\d{1,6}", value, re.ASCII) else -1
    return "" if low <= number <= high else Word("check.between", min=low, max=high)


def _month_range(one: Input, value: str, today: date) -> Text:
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


def id_number(value: str, today: date) -> Text:
    """GB 11643-1999: six digits of place, a real date, three of sequence, a check character (mod 11)."""
    value = value.upper()
    if not re.fullmatch(r"\d{17}[\dX]", value, re.ASCII):
        return Word("check.id_number.length")
    try:
        born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        return Word("check.id_number.birth")
    if not date(1900, 1, 1) <= born <= today:
        return Word("check.id_number.birth")
    if "10X98765432"[sum(int(digit) * weight for digit, weight in zip(value[:17], _WEIGHTS, strict=True)) % 11] != value[17]:
        return Word("check.id_number.check")
    return ""


def kept(one: Input, value: str) -> str:
    """The answer as the department gets it: no blanks around it, a default for nothing, X in capitals."""
    value = value.strip() or one.default
    return value.upper() if one.type is InputType.ID_NUMBER else value


def shown(answers: Mapping[str, str], item: str, one: Input) -> Text:
    """An answer as the review shows it."""
    value = answers.get(one.name, "")
    if one.type is InputType.ENUM:
        return Word(f"item.{item}.{one.name}.{value}")
    if one.type is InputType.MONTH_RANGE and "/" in value:
        first, _, last = value.partition("/")
        return Word("review.months", first=first, last=last, count=months(value))
    if one.type is InputType.ID_NUMBER:
        return value[:6] + "********" + value[-4:]
    return value
