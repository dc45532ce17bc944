"""An answer as the review says it: in words, and of what others could misuse only as much as one needs to recognise it."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.flow.checks.places import parts
from kiosk.flow.checks.times import months, read, written
from kiosk.model.item import Input, InputType
from kiosk.model.words import Text, Word


def shown(answers: Mapping[str, str], item: str, one: Input) -> Text:
    """An answer as the review shows it."""
    value = answers.get(one.name, "")
    if not value:
        return ""
    match one.type:
        case InputType.ENUM:
            return Word(f"item.{item}.{one.name}.{value}")
        case InputType.MULTI_SELECT:
            return _several(value.split(","), f"item.{item}.{one.name}" if one.options else "")
        case InputType.MONTH_RANGE if "/" in value:
            first, _, last = value.partition("/")
            return Word("review.months", first=first, last=last, count=months(value))
        case InputType.DATE:
            day = read(value)
            return written(day) if day else value
        case InputType.ID_NUMBER:
            return value[:6] + "********" + value[-4:]
        case InputType.BANK_CARD:
            return "**** **** **** " + value[-4:]
        case InputType.PLATE:
            return f"{value[:2]}·{value[2:]}"
        case InputType.ADMIN_CODE:
            return _city(value)
        case InputType.ADDRESS:
            district, street, rest = parts(value)
            return Word("answer.address", district=Word(f"place.{district}"), street=Word(f"place.{district}/{street}"), rest=rest)
        case InputType.SCAN:
            return Word("answer.pages", count=value)
        case InputType.RECORDING:
            return Word("answer.recording", seconds=value)
        case InputType.PHOTO:
            return Word("answer.photo")
        case _:
            return value


def _several(values: list[str], key: str) -> Text:
    said: list[Text] = [Word(f"{key}.{value}") if key else value for value in values]
    text = said.pop(0)
    for one in said:
        text = Word("answer.and", these=text, this=one)
    return text


def _city(code: str) -> Word:
    city = Word(f"place.{code}")
    if code[2:] == "0100" and code[:2] in ("11", "12", "31", "50"):  # a city that is a province by itself
        return city
    return Word("answer.city", province=Word(f"place.{code[:2]}0000"), city=city)
