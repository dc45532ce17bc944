"""Numbers that others have given: each has its form, some carry their own proof."""

from __future__ import annotations

import re
from datetime import date

from kiosk import places
from kiosk.model.words import Text, Word

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(rf"[{PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(value: str, today: date) -> Text:
    """GB 11643-1999: six digits of place (GB/T 2260, as of the day it was given), a real date, three of sequence, a check character."""
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
    if not places.could_be_given(value[:6], born.year):
        return Word("check.id_number.place")
    return ""


def phone(value: str) -> Text:
    return "" if re.fullmatch(r"1[3-9]\d{9}", value, re.ASCII) else Word("check.phone")


def plate(value: str) -> Text:
    """GA 36: a province, a letter, five characters, six on the green plates of new energy; no I and no O."""
    return "" if _PLATE.fullmatch(value) else Word("check.plate")


def permit_no(value: str) -> Text:
    """A permit to Hong Kong and Macao (C, H, W) or to Taiwan (L, T); which of them, the item's pattern says.

    Behind C99999999 came CA0000001: a letter but I and O in the second place (National Immigration Administration, December 2018).
    A form is all that can be checked: none of these numbers carries a check digit.
    """
    return "" if re.fullmatch(r"C[A-HJ-NP-Z]\d{7}|[CHWLT]\d{8}", value, re.ASCII) else Word("check.permit_no")


def passport_no(value: str) -> Text:
    """A form: the number itself carries no check digit. The machine-readable zone does, see `mrz`."""
    return "" if re.fullmatch(r"[A-Z0-9]{5,17}", value) else Word("check.passport_no")


def house_code(value: str) -> Text:
    return "" if re.fullmatch(r"3502\d{8,14}", value, re.ASCII) else Word("check.house_code")


def bank_card(value: str) -> Text:
    """13 to 19 digits whose last one follows from the others (Luhn, ISO/IEC 7812-1)."""
    if not re.fullmatch(r"\d{13,19}", value, re.ASCII):
        return Word("check.bank_card.length")
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(value)))
    return Word("check.bank_card.check") if sum(number // 10 + number % 10 for number in doubled) % 10 else ""
