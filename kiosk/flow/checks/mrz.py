"""The machine-readable zone of a passport: ICAO Doc 9303 part 4, two lines of 44 characters (TD3), every check digit checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

_LINES = re.compile(r"P[A-Z<][A-Z<]{3}[A-Z<]{39}(?P<second>[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}[0-9<]\d)")
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, kw_only=True)
class Passport:
    number: str = field(repr=False)
    nationality: str  # ICAO's three letters; ISO 3166-1 for states, shorter for Germany ("D")
    born: date = field(repr=False)


def read(text: str, today: date) -> Passport | None:
    """The 88 characters of both lines, one behind the other; None for anything else, and for one wrong check digit."""
    found = _LINES.fullmatch(text)
    if found is None:
        return None
    line = found["second"]
    number, born, expires, personal = line[0:9], line[13:19], line[21:27], line[28:42]
    proofs = [(number, line[9]), (born, line[19]), (expires, line[27]), (personal, line[42])]
    proofs.append((line[0:10] + line[13:20] + line[21:43], line[43]))
    if any(digit(part) != int(proof.replace("<", "0")) for part, proof in proofs):
        return None
    day = _day(born, today)
    return Passport(number=number.rstrip("<"), nationality=line[10:13].rstrip("<"), born=day) if day else None


def digit(part: str) -> int:
    """Doc 9303 part 3, 4.9: letters from A are 10 to 35, the filler is 0; weights 7, 3, 1; the rest of a division by ten."""
    return sum(_value(sign) * _WEIGHTS[place % 3] for place, sign in enumerate(part)) % 10


def _value(sign: str) -> int:
    return 0 if sign == "<" else int(sign, 36)


def _day(six: str, today: date) -> date | None:
    """YYMMDD of somebody who is born: in this century unless that is still to come."""
    century = 2000 if int(six[:2]) <= today.year % 100 else 1900
    try:
        day = date(century + int(six[:2]), int(six[2:4]), int(six[4:6]))
    except ValueError:
        return None
    return day if day <= today else None
