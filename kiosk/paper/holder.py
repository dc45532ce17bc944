"""Whose page it is, by what stands on it: the last look before a printer gets it (docs/decisions/0014)."""

from __future__ import annotations

import re
import unicodedata

from kiosk.model.faults import Fault, Remedy
from kiosk.model.paper import Certificate
from kiosk.model.person import Person

_NUMBER = re.compile(r"(身份|证件|护照|通行证|居住证|居留证).*号码?$")  # 公民身份号码, 纳税人身份证件号码, 护照号码 …
_NAME = re.compile(r"姓名$")  # 姓名, 纳税人姓名
_DOTS = re.compile(r"[·•・‧．.\s]")  # between the parts of a name; every system has its own


def check_holder(certificate: Certificate, person: Person | None, number: str = "") -> None:
    """Raises Fault("paper.wrong_holder", STAFF) unless the page names `person` as its holder.

    With `number` the page is about somebody else, lawfully: then the holder is whoever has this number (a guest's passport).
    Numbers decide; a name decides only on a page without a whole number, since rare characters are not the same in every system.
    """
    numbers = [_plain(value) for label, value in certificate.holder.items() if _NUMBER.search(label)]
    names = [_plain(value) for label, value in certificate.holder.items() if _NAME.search(label)]
    if not numbers and not names:
        raise _wrong("the page names nobody")
    if not number and person is None:
        raise _wrong("the page names somebody, and nobody was identified")
    expected = _plain(number or (person.id_number if person else ""))
    if not all(_fits(found, expected) for found in numbers):
        raise _wrong("another number")
    if expected in numbers:
        return
    if number or person is None or not names or any(name != _plain(person.name) for name in names):
        raise _wrong("another name")


def _plain(text: str) -> str:
    return _DOTS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _fits(found: str, expected: str) -> bool:
    """Covered digits (350203********0012) fit every digit."""
    return len(found) == len(expected) and all(a in ("*", b) for a, b in zip(found, expected, strict=True))


def _wrong(why: str) -> Fault:
    return Fault("paper.wrong_holder", Remedy.STAFF, why)
