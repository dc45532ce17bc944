"""Waits for a code of one kind to be held to the scanner; any other is told, kindly, and never sent anywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from kiosk.backoffice import Reply
from kiosk.devices.roles import CODES
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.stage import OtherWay
from kiosk.flow.views import CodeView
from kiosk.model.codes import PAYMENT, CodeKind
from kiosk.model.faults import Fault, Remedy
from kiosk.model.words import Word

TRIES = 3  # codes of the right kind that the department does not know, before it is said that this way is closed
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


async def known(
    kind: CodeKind, view: CodeView, desk: Desk, ask: Callable[[str], Awaitable[Reply]], *, within: float, nothing: str, unknown: str
) -> Reply:
    """What the department says to the code that was held, `ask`ed with it. One that is refused with `unknown` may be held again.

    Raises as `held` and `ask` do.
    """
    for left in range(TRIES, 0, -1):
        code = await held(kind, view, desk, within=within, nothing=nothing)
        desk.show(replace(view, state="checking", can_back=False))
        try:
            return await ask(code)
        except Fault as fault:
            if fault.code != f"backoffice.refused.{unknown}" or left == 1:
                raise
            view = replace(view, state="again", message=Word(f"fault.{fault.code}"))
    raise AssertionError("the last try raises its fault")
