"""A journal that began anew, after damage or on another disk, learns from the gateway which money may be on its way (F-72, J9)."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

from kiosk.journal import Journal
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.zone import CHINA
from kiosk.payments import Entry, OrderState, PaymentGateway

DAYS = 7  # asked about: an order dies within minutes, a refund may take days


async def rebuild(journal: Journal, payments: PaymentGateway, today: date | None = None) -> bool:
    """Enters what the gateway's books hold and this journal has no row of. False = the gateway did not say: ask again before money.

    What waits is entered and closed by the settling. What was paid stays for people, unless the rows that could be saved of the
    damaged journal say that it was served: the department may have done it, and a refund could give the deed away (decision 0011).
    """
    told = await asyncio.to_thread(lambda: tuple(journal.read()))
    if any(isinstance(event, events.Rebuilt) for event in told):
        return True
    today = today or datetime.now(CHINA).date()
    try:
        days = await asyncio.gather(*(payments.bill(journal.station, today - timedelta(days=ago)) for ago in range(DAYS)))
    except Fault:
        return False
    known = {event.order_no for event in told if isinstance(event, events.PayIntent | events.OrderFound)}
    saved = _Saved(await asyncio.to_thread(journal.salvaged))
    lines = [entry for day in days for entry in day if entry.order_no not in known]
    found = [entry for entry in lines if not entry.state.unpaid_for_good(shown=False)]
    for entry in found:
        for event in saved.rows(entry):
            await journal.write(event)
    await journal.write(events.Rebuilt(found=len(found)))
    log.info("journal.rebuilt", orders=len(found))
    return True


class _Saved:
    """What the rows that could be saved say of the orders."""

    def __init__(self, rows: tuple[events.Event, ...]) -> None:
        self._served = {event.visit: event for event in rows if isinstance(event, events.Submitted)}
        self._refused = {event.visit for event in rows if isinstance(event, events.SubmitRefused)}
        self._promised = {event.order_no: event for event in rows if isinstance(event, events.RefundIntent)}

    def rows(self, entry: Entry) -> tuple[events.Event, ...]:
        visit, number, fen = _visit(entry), entry.order_no, entry.amount.fen
        order = events.OrderFound(visit=visit, order_no=number, amount_fen=fen, method=entry.method.value)
        if entry.state is not OrderState.PAID:
            return (order,)
        paid = events.Paid(visit=visit, order_no=number, amount_fen=fen)
        if number in self._promised:
            return (order, paid, self._promised[number])
        if visit in self._served:
            return (order, paid, self._served[visit])
        if visit in self._refused:
            return (order, paid)
        return (order, paid, events.SubmitUnknown(visit=visit, key=f"{visit}-S"))


def _visit(entry: Entry) -> str:
    return entry.order_no.rpartition("-P")[0]
