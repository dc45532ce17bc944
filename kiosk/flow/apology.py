"""A fault in the citizen's words: what happened, what becomes of their money, what they can do now."""

from __future__ import annotations

import json
from dataclasses import replace

from kiosk.devices.roles import RECEIPTS
from kiosk.flow.checks import shown
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
HANDOVER = "egov-handover/1"  # what the QR of a hand-over slip holds: docs/counters.md


async def apologise(fault: Fault, session: Session, desk: Desk, *, again: bool = False, other_way: bool = False) -> str:
    """Show `fault` and wait. Returns "retry", "other_way" or "end". With no way on left, what is owed is made good first."""
    notes: tuple[Text, ...] = () if again or other_way else await desk.make_good()
    order_no = session.order_no if session.paid or fault.code in ON_PAPER else ""
    if order_no and session.item.paid:
        notes += (await _slip(fault, session, desk, notes),)
    here = (*(("retry",) * again), *(("other_way",) * other_way))
    there = ("handover",) * (bool(session.answers) and not session.paid and RECEIPTS.name in desk.devices)
    view = ApologyView(
        code=fault.code,
        title=Word(f"fault.{fault.code}"),
        text=Word(f"fault.{fault.code}.next"),
        remedies=(*here, *there, "end"),
        notes=tuple(note for note in notes if note),
        order_no=order_no if session.item.paid else "",
        hotline=desk.terminal.hotline,
        seconds=desk.waits.apology,
    )
    while True:
        try:
            wish = str((await desk.ask(view)).get("remedy", "end"))
        except (Back, Leave):
            return "end"
        if wish != "handover" or wish not in view.remedies:
            return wish if wish in here else "end"
        note = await hand_over(session, desk)
        view = replace(view, notes=(*view.notes, note), remedies=(*here, "end"))


async def hand_over(session: Session, desk: Desk) -> Text:
    """Everything typed so far, as a list and a QR: the counter or the telephone goes on from here instead of beginning again."""
    item = session.item
    typed = {one.name: session.answers[one.name] for one in item.inputs if session.answers.get(one.name) and not one.type.captured}
    rows = [
        (Word(f"item.{item.id}.{one.name}"), session.labels.get(one.name) or shown(session.answers, item.id, one))
        for one in item.inputs
        if one.name in typed
    ]
    slip = Slip(
        title=Word("slip.handover.title"),
        rows=((Word("slip.item"), Word(f"item.{item.id}.title")), *rows),
        notes=(Word("slip.handover.note"), *(Word(f"bring.{thing}") for thing in item.bring)),
        qr=json.dumps(
            {"format": HANDOVER, "visit": session.visit, "item": item.id, "answers": typed}, ensure_ascii=False, separators=(",", ":")
        ),
        qr_caption=Word("slip.handover.qr"),
        station=f"{desk.terminal.name} {desk.terminal.id}",
        hotline=desk.terminal.hotline,
        printed_at=desk.now(),
    )
    try:
        await print_slip(slip, f"{session.visit}-handover", session, desk)
    except Fault:
        return Word("apology.no_slip")
    return Word("apology.handover")


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


