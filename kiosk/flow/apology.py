"""A fault in the citizen's words: what happened, what becomes of their money, what they can do now."""

from __future__ import annotations

from kiosk.flow.desk import Desk
from kiosk.flow.papers import print_slip
from kiosk.flow.stage import Back, Leave
from kiosk.flow.views import ApologyView
from kiosk.model.faults import Fault
from kiosk.model.paper import Slip
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

# Faults of money carry its order number onto a slip: the citizen must not have to remember it.
ON_PAPER = frozenset({"payment.unknown", "payment.refund_unknown", "backoffice.unknown"})


async def apologise(fault: Fault, session: Session, desk: Desk, *, again: bool) -> str:
    """Show `fault` and wait. Returns "retry" or "end". With no second try left, what is owed is made good first."""
    notes: tuple[Text, ...] = () if again else await desk.make_good()
    order_no = session.order_no if session.paid or fault.code in ON_PAPER else ""
    if order_no and session.item.paid:
        notes += (await _slip(fault, session, desk, notes),)
    remedies = ("retry", "end") if again else ("end",)
    view = ApologyView(
        code=fault.code,
        title=Word(f"fault.{fault.code}"),
        text=Word(f"fault.{fault.code}.next"),
        remedies=remedies,
        notes=tuple(note for note in notes if note),
        order_no=order_no if session.item.paid else "",
        hotline=desk.terminal.hotline,
        seconds=desk.timing.apology,
    )
    try:
        answer = await desk.ask(view)
    except (Back, Leave):
        return "end"
    return "retry" if again and answer.get("remedy") == "retry" else "end"


async def _slip(fault: Fault, session: Session, desk: Desk, notes: tuple[Text, ...]) -> Text:
    """The order number and what becomes of the money, on paper where there is paper."""
    slip = Slip(
        title=Word("slip.money.title"),
        rows=(
            (Word("slip.order_no"), session.order_no),
            (Word("slip.item"), Word(f"item.{session.item.id}.title")),
            (Word("slip.amount"), str(session.quote or "")),
            (Word("slip.fault"), fault.code),
        ),
        warning=Word("slip.do_not_pay_again") if fault.code in ON_PAPER else "",
        notes=(*notes, Word(f"fault.{fault.code}.next")),
        qr=session.order_no,
        qr_caption=Word("slip.order_no"),
        station=f"{desk.terminal.name} {desk.terminal.id}",
        hotline=desk.terminal.hotline,
        printed_at=desk.now(),
    )
    try:
        await print_slip(slip, f"{session.visit}-money", session, desk)
    except Fault:
        return Word("apology.no_slip")
    return Word("apology.slip")


