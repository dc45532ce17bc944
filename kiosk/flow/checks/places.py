"""Places that are picked: a city of the country, an address in Xiamen."""

from __future__ import annotations

from kiosk import places
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


def parts(value: str) -> tuple[str, str, str]:
    """District, street, and the rest, which may hold strokes of its own."""
    district, _, rest = value.partition("/")
    street, _, rest = rest.partition("/")
    return district, street, rest
