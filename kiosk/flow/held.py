"""Waits for a code of one kind to be held to the scanner; any other is told, kindly, and never sent anywhere."""

from __future__ import annotations

from dataclasses import replace

from kiosk.devices.roles import CODES
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.stage import OtherWay
from kiosk.flow.views import CodeView
from kiosk.model.codes import PAYMENT, CodeKind
from kiosk.model.faults import Fault, Remedy
from kiosk.model.words import Word

WRONG = 5  # codes of another kind, before it is somebody's mistake about the way


async def held(kind: CodeKind, view: CodeView, desk: Desk, *, within: float, nothing: str) -> str:
    """What the code says, by the grammar of `kind`. Raises Fault(`nothing`, OTHER_WAY) where none comes `within` seconds, or

    only others come; OtherWay, Back, Leave.
    """
    scanner = desk.use(CODES)
    for _ in range(WRONG):
        try:
            code = await desk.within(within, desk.meanwhile(view, scanner.scan()))
        except TimeoutError:
            break
        except Answered:
            raise OtherWay from None
        if kind.reads(code):
            return code
        message = Word("code.payment.shown") if PAYMENT.reads(code) else Word(f"code.{kind.name}.other_code")
        view = replace(view, state="again", message=message)
    raise Fault(nothing, Remedy.OTHER_WAY)
