"""A question answered by holding a code to the scanner instead of typing: what is held there must be just that code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from kiosk.devices.roles import CODES
from kiosk.flow.checks import mrz
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.stage import Back
from kiosk.flow.views import CodeView
from kiosk.flow.ways import usable
from kiosk.model.faults import Fault
from kiosk.model.item import Input
from kiosk.model.words import Text, Word

TRIES = 3  # codes of another kind, before typing is what is left

Values = Mapping[str, str]
"""Input name → what the code says of it. Empty: it is no such code."""

# The address that a door plate's code carries ends in the house's number; it is never opened.
_DOOR = re.compile(r"(?:https?://[A-Za-z0-9.:-]{1,80}(?:/[A-Za-z0-9._-]{1,40}){0,6}/house/)?(3502\d{8,14})")
_BILL = re.compile(r"\d{6,13}")


def _door_plate(one: Input, code: str, _today: date) -> Values:
    found = _DOOR.fullmatch(code)
    return {one.name: found[1]} if found else {}


def _bill(one: Input, code: str, _today: date) -> Values:
    """The bar code of a bill: the account number alone, as the companies print it."""
    return {one.name: code} if _BILL.fullmatch(code) else {}


def _passport(one: Input, code: str, today: date) -> Values:
    """Both lines of the machine-readable zone, as scanners with OCR-B send them; the other facts answer what else is asked."""
    found = mrz.read(code, today)
    return {one.name: found.number, "birth_date": str(found.born), "nationality": found.nationality} if found else {}


CODES_OF: dict[str, Callable[[Input, str, date], Values]] = {"door_plate": _door_plate, "bill": _bill, "passport": _passport}
"""`Input.scan` → what a code of that kind says. Words: `code.<kind>`, `.text`, `.other_code`."""


def offered(one: Input, desk: Desk) -> bool:
    """Whether this question can be answered with the scanner here and now."""
    return bool(one.scan) and usable(CODES, desk)


async def scanned(one: Input, desk: Desk) -> tuple[Values, Text]:
    """Asks for the code; what it says, or why there is nothing. Typing is always left: nothing here ends a visit but leaving it."""
    message: Text = ""
    for _ in range(TRIES):
        view = CodeView(
            title=Word(f"code.{one.scan}"),
            text=Word(f"code.{one.scan}.text"),
            icon="qrcode-scan",
            state="again" if message else "waiting",
            message=message,
            other=Word("code.type_it"),
            seconds_left=round(desk.waits.card_wait),
            can_back=True,
        )
        try:
            code = await desk.within(desk.waits.card_wait, desk.meanwhile(view, desk.use(CODES).scan()))
        except TimeoutError:
            return {}, Word("code.nothing_seen")
        except (Answered, Back):
            return {}, ""
        except Fault as fault:
            return {}, Word(f"fault.{fault.code}")
        if values := CODES_OF[one.scan](one, code, desk.now().date()):
            return values, ""
        message = Word(f"code.{one.scan}.other_code")
    return {}, message
