"""Gives the money back: intent first, the same refund number however often it takes."""

from __future__ import annotations

import asyncio

from kiosk.flow.desk import Desk
from kiosk.journal import Journal
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.session import Session
from kiosk.model.words import Text, Word
from kiosk.payments import Order, OrderState, PaymentGateway


async def refund(order: Order, session: Session, desk: Desk) -> Text:
    """What the citizen is told: the money is back, or on its way and under which number. Never raises a Fault of the gateway."""
    number = refund_number(order.order_no)
    intent = events.RefundIntent(visit=session.visit, order_no=order.order_no, refund_no=number, amount_fen=order.amount.fen)
    await desk.journal.write(intent)
    for left in range(desk.timing.refund_tries - 1, -1, -1):
        if await given_back(order, number, session.visit, desk.journal, desk.payments):
            return Word("refund.done", amount=str(order.amount), order=order.order_no)
        if left:
            await asyncio.sleep(desk.timing.submit_pause)
    await desk.journal.write(events.RefundUnknown(visit=session.visit, order_no=order.order_no, refund_no=number))
    return Word("refund.pending", amount=str(order.amount), order=order.order_no)


async def given_back(order: Order, number: str, visit: str, journal: Journal, payments: PaymentGateway) -> bool:
    """One try under an intent that is already in the journal. False = not known to have arrived: ask again with the same number."""
    try:
        if await payments.refund(order, number) is not OrderState.REFUNDED:
            return False
    except Fault:
        return False
    await journal.write(events.Refunded(visit=visit, order_no=order.order_no, refund_no=number, amount_fen=order.amount.fen))
    return True


def refund_number(order_no: str) -> str:
    """A pure function of the order's number (J9), so that whoever gives the money back, now or after a crash, asks for one refund."""
    visit, _, attempt = order_no.rpartition("-P")
    return f"{visit}-R{attempt}"
