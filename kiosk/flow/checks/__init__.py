"""Is what was typed what was asked for? Every wrong value gets a sentence that says what to mend."""

from __future__ import annotations

import re
from datetime import date

from kiosk.flow.checks.numbers import bank_card, house_code, id_number, passport_no, permit_no, phone, plate
from kiosk.flow.checks.places import address, admin_code, known_places, located
from kiosk.flow.checks.times import day, month_range, months
from kiosk.flow.checks.wording import shown
from kiosk.model.item import Input, InputType
from kiosk.model.words import Text, Word

__all__ = ["PATTERNS", "check", "id_number", "kept", "known_places", "located", "months", "shown"]

LONGEST = 200  # characters of any one answer, whatever the item says
MOST = 40  # records of one answer

PATTERNS = {
    # Han of any plane (rare surnames lie in extensions A to H), the dot of minority names, Latin letters and blanks between.
    "han_name": re.compile(r"(?! )[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af·A-Za-z ]+"),
    "digits": re.compile(r"[0-9]+"),
    "code": re.compile(r"[A-Z0-9]+"),  # acceptance and certificate numbers; how long they are, min and max say
    "contract_no": re.compile(r"[A-Z0-9-]+"),
    "vin_tail": re.compile(r"[A-HJ-NPR-Z0-9]{6}"),
    "id_tail": re.compile(r"[0-9]{5}[0-9X]"),
    "mobile": re.compile(r"1[3-9][0-9]{9}"),
    # Of a permit_no: which permit is meant. Of an admin_code: where it may not be.
    "hkmo_permit": re.compile(r"C[A-HJ-NP-Z0-9][0-9]{7}|[HW][0-9]{8}"),
    "taiwan_permit": re.compile(r"[LT][0-9]{8}"),
    "not_xiamen": re.compile(r"(?!3502)[0-9]{6}"),
}
CAPITALS = ("code", "contract_no", "vin_tail", "id_tail")  # patterns that have no small letters
NUMBERS = {
    InputType.PHONE: phone,
    InputType.PLATE: plate,
    InputType.PASSPORT_NO: passport_no,
    InputType.BANK_CARD: bank_card,
    InputType.HOUSE_CODE: house_code,
}
_SEPARATED = (*NUMBERS, InputType.ID_NUMBER, InputType.PERMIT_NO)  # printed in groups: blanks, dots and strokes mean nothing


def check(one: Input, value: str, options: frozenset[str], today: date) -> Text:
    """What is wrong with `value` for the question `one`, or "". `options` are the values that may be chosen, if it is a choice."""
    if len(value) > LONGEST and one.type is not InputType.MULTI_SELECT:
        return Word("check.too_long", max=one.max or LONGEST)
    value = _tidy(one, value)
    if not value:
        return Word("check.required") if one.required and not one.default else ""
    if one.type in NUMBERS:
        return NUMBERS[one.type](value)
    match one.type:
        case InputType.TEXT:
            return _text(one, value)
        case InputType.INTEGER:
            return _integer(one, value)
        case InputType.MONTH_RANGE:
            return month_range(one, value, today)
        case InputType.DATE:
            return day(one, value, today)
        case InputType.ID_NUMBER:
            return id_number(value, today)
        case InputType.PERMIT_NO:
            return permit_no(value) or _pattern(one, value)
        case InputType.ADMIN_CODE:
            return admin_code(value) or _pattern(one, value)
        case InputType.ADDRESS:
            return address(one, value)
        case InputType.MULTI_SELECT:
            return _several(one, value, options)
        case InputType.SLOT:
            return "" if value in options else Word("check.slot")
        case InputType.ENUM | InputType.LOOKUP | InputType.STATION:
            return "" if value in options else Word("check.choose")
        case _:  # captured: the screen of that device has looked at it
            return ""


def _text(one: Input, value: str) -> Text:
    if one.min is not None and len(value) < one.min:
        return Word("check.too_short", min=one.min)
    if one.max is not None and len(value) > one.max:
        return Word("check.too_long", max=one.max)
    if wrong := _pattern(one, value):
        return wrong
    if not value.isprintable():
        return Word("check.characters")
    return ""


def _pattern(one: Input, value: str) -> Text:
    return Word(f"check.{one.pattern}") if one.pattern and not PATTERNS[one.pattern].fullmatch(value) else ""


def _integer(one: Input, value: str) -> Text:
    low, high = one.min if one.min is not None else 0, one.max if one.max is not None else 999
    number = int(value) if re.fullmatch(r"\d{1,6}", value, re.ASCII) else -1
    return "" if low <= number <= high else Word("check.between", min=low, max=high)


def _several(one: Input, value: str, options: frozenset[str]) -> Text:
    chosen = value.split(",")
    if not options.issuperset(chosen):
        return Word("check.choose")
    if one.min is not None and len(chosen) < one.min:
        return Word("check.many_few", min=one.min)
    most = MOST if one.max is None else one.max
    return Word("check.many_most", max=most) if len(chosen) > most else ""


def kept(one: Input, value: str) -> str:
    """The answer as the department gets it: no blanks around it, a default for nothing, letters of a number in capitals."""
    return _tidy(one, value) or one.default


def _tidy(one: Input, value: str) -> str:
    value = value.strip()
    if one.type in _SEPARATED:
        value = re.sub(r"[\s·-]", "", value)
    if one.type in _SEPARATED or one.pattern in CAPITALS:
        return value.upper()
    if one.type is InputType.MULTI_SELECT:
        return ",".join(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))  # each once, in the order of choosing
    if one.type is InputType.ADDRESS:
        district, _, rest = value.partition("/")
        street, _, rest = rest.partition("/")
        return f"{district.strip()}/{street.strip()}/{rest.strip()}" if district or street or rest.strip() else ""
    return value
