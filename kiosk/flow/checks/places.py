"""Places that are picked: a city of the country, an address in Xiamen."""

from __future__ import annotations

from kiosk import i18n, places
from kiosk.flow.views import Option
from kiosk.model.item import Input, InputType
from kiosk.model.words import Text, Word

SHORTEST, LONGEST = 4, 80  # characters of the road and the house, unless the item says so


def known_places(type: InputType) -> tuple[Option, ...]:
    """What may be picked without asking a department: the cities under their provinces, the streets under their districts."""
    match type:
        case InputType.ADMIN_CODE:
            return tuple(Option(value=code, label=Word(f"place.{code}"), group=Word(f"place.{code[:2]}0000")) for code in places.cities())
        case InputType.ADDRESS:
            return tuple(
                Option(value=f"{code}/{street}", label=Word(f"place.{code}/{street}"), group=Word(f"place.{code}"))
                for code, streets in places.streets().items()
                for street in streets
            )
        case _:
            return ()


def admin_code(value: str) -> Text:
    return "" if value in places.cities() else Word("check.admin_code")


def address(one: Input, value: str) -> Text:
    district, street, rest = parts(value)
    if street not in places.streets().get(district, ()):
        return Word("check.address.street")
    least, most = one.min or SHORTEST, one.max or LONGEST
    if len(rest) < least:
        return Word("check.address.short", min=least)
    if len(rest) > most:
        return Word("check.too_long", max=most)
    return "" if rest.isprintable() else Word("check.characters")


def located(written: str) -> str:
    """An address in words, as a card carries it, as an answer: "福建省厦门市湖里区江头街道示例路2号" → "350206/江头街道/示例路2号".

    The street is "" where the words do not name it; the whole is "" where they name no district of Xiamen.
    """
    for code, streets in places.streets().items():
        before, district, rest = written.partition(i18n.say(Word(f"place.{code}"), "zh_Hans"))
        if district and before in ("", "厦门市", "福建省厦门市"):
            street = next((name for name in streets if rest.startswith(name)), "")
            return f"{code}/{street}/{rest.removeprefix(street)}"
    return ""


def parts(value: str) -> tuple[str, str, str]:
    """District, street, and the rest, which may hold strokes of its own."""
    district, _, rest = value.partition("/")
    street, _, rest = rest.partition("/")
    return district, street, rest
