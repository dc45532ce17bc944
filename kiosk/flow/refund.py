"""Gives the money back: intent first, the same refund number however often it takes."""

from __future__ import annotations

import asyncio

from kiosk.flow.desk import Desk
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.session import Session
from kiosk.model.words import Text, Word
from kiosk.payments import Order, OrderState


async def refund(order: Order, session: Session, desk: Desk) -> Text:
    """What the citizen is told: the money is back, or on its way and under which number. Never raises a Fault."""
    number = session.refund_no
    intent = events.RefundIntent(visit=session.visit, order_no=order.order_no, refund_no=number, amount_fen=order.amount.fen)
    await desk.journal.write(intent)
    for left in range(desk.timing.refund_tries - 1, -1, -1):
        try:
            if await desk.payments.refund(order, number) is OrderState.REFUNDED:
                done = events.Refunded(visit=session.visit, order_no=order.order_no, refund_no=number, amount_fen=order.amount.fen)
                await desk.journal.write(done)
                return Word("refund.done", amount=str(order.amount), order=order.order_no)
        except Fault:
            pass  # asked again below with the same number; what stays unknown is in the journal
        if left:
            await asyncio.sleep(desk.timing.submit_pause)
    await desk.journal.write(events.RefundUnknown(visit=session.visit, order_no=order.order_no, refund_no=number))
    return Word("refund.pending", amount=str(order.amount), order=order.order_no)
