"""What a starting process does about the money of those before it: asks, closes, gives back, and says what stays open (J5)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.flow.bill import compare
from kiosk.flow.rebuild import rebuild
from kiosk.flow.refund import given_back, refund_number
from kiosk.journal import Journal, Unsettled
from kiosk.journal.unsettled import Open, unsettled
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.money import Money
from kiosk.payments import Method, Order, OrderState, PaymentGateway

CUT = "cut"  # how a visit ended whose process died


@dataclass(frozen=True, kw_only=True)
class Settled:
    """`open`: what is left for people (W4, W5, W6). `unasked`: orders of which the gateway told nothing final or nothing at all."""

    open: tuple[Unsettled, ...] = ()
    unasked: tuple[str, ...] = ()

    @property
    def may_take_money(self) -> bool:
        return not self.unasked


class Settling:
    """Asks until there was an answer about every order of before; until then nothing that costs money may be offered."""

    def __init__(self, journal: Journal, payments: PaymentGateway, *, pause: float = 10.0) -> None:
        self._journal = journal
        self._payments = payments
        self._pause = pause
        self._before = journal.head()[0]  # from here on somebody may be served meanwhile
        self._settled = False
        self.asked = asyncio.Event()  # one round is over, whatever came of it

    def may_take_money(self) -> bool:
        return self._settled

    async def run(self) -> Settled:
        while True:
            known = await rebuild(self._journal, self._payments)
            settled = await settle(self._journal, self._payments, self._before)
            self._settled = known and settled.may_take_money
            self.asked.set()
            if self._settled:
                await compare(self._journal, self._payments)
                return settled
            await asyncio.sleep(self._pause)


async def settle(journal: Journal, payments: PaymentGateway, before: int | None = None) -> Settled:
    """One round over everything that is open of the visits begun by row `before` (orders found at the gateway are of before), or of all.

    An order that was not paid is closed. What was paid and surely not fulfilled goes back under its derived number. What a
    department may have done stays: asking it again takes the person's data, and the person is gone (W5). Raises Fault only for
    the journal itself.
    """
    rows = await asyncio.to_thread(journal.rows)
    visits = {row.event.visit for row in rows if before is None or row.seq <= before or isinstance(row.event, events.OrderFound)}
    past = _Past(row.event for row in rows)
    mine = [one for one in past.open if one.visit in visits]
    if not mine:
        return Settled()
    unasked = [one.number for one in mine if one.what is Open.ORDER and not await _order(one, past, journal, payments)]
    for one in mine:
        if one.what is Open.VISIT:
            await journal.write(events.VisitEnded(visit=one.visit, ending=CUT))
    left = await asyncio.to_thread(journal.unsettled)
    return Settled(open=tuple(one for one in left if one.visit in visits), unasked=tuple(unasked))


class _Past:
    """What the events tell about the orders, so that a kiosk that was rebuilt can ask with the same words (J9)."""

    def __init__(self, before: Iterable[events.Event]) -> None:
        told = tuple(before)
        self.open = unsettled(told)
        items = {event.visit: event.item for event in told if isinstance(event, events.VisitStarted)}
        self.orders = {
            event.order_no: Order(
                order_no=event.order_no,
                amount=Money(event.amount_fen),
                method=Method(event.method),
                subject=items.get(event.visit, ""),
            )
            for event in told
            if isinstance(event, events.PayIntent | events.OrderFound)
        }
        self.shown = {event.order_no for event in told if isinstance(event, events.PayCreated | events.OrderFound)}
        self.paid = {event.order_no for event in told if isinstance(event, events.Paid)}
        self.promised = {event.order_no for event in told if isinstance(event, events.RefundIntent)}
        self.sent = {one.visit for one in self.open if one.what is Open.SUBMISSION}


async def _order(one: Unsettled, past: _Past, journal: Journal, payments: PaymentGateway) -> bool:
    """False = nobody said what became of it: money may not be taken yet."""
    order = past.orders[one.number]
    if one.number in past.paid:
        if one.visit in past.sent and one.number not in past.promised:
            # The department may have done it: people decide, and what they give back at the gateway is entered here.
            return await _now(order, one.visit, journal, payments) is not None
        return await _back(order, one, past, journal, payments)
    try:
        state = await payments.close_order(order)
    except Fault:
        return False
    log.info("payment.state", visit=one.visit, state=state.value)
    if state is OrderState.PAID:
        await journal.write(events.Paid(visit=one.visit, order_no=order.order_no, amount_fen=order.amount.fen))
        return await _back(order, one, past, journal, payments)
    if state.unpaid_for_good(shown=order.order_no in past.shown):
        await journal.write(events.PayClosed(visit=one.visit, order_no=order.order_no))
        return True
    # ABSENT though its QR was on the glass is no end anybody may rely on: asked about, and left for people.
    return state is OrderState.ABSENT


async def _back(order: Order, one: Unsettled, past: _Past, journal: Journal, payments: PaymentGateway) -> bool:
    number = refund_number(order.order_no)
    if order.order_no not in past.promised:
        intent = events.RefundIntent(visit=one.visit, order_no=order.order_no, refund_no=number, amount_fen=order.amount.fen)
        await journal.write(intent)
    if await given_back(order, number, one.visit, journal, payments):
        return True
    if await _now(order, one.visit, journal, payments) not in (None, OrderState.PAID):
        return True  # given back by somebody else, or the gateway knows of no money: asked about, and for people
    if one.last != events.RefundUnknown.__name__:
        await journal.write(events.RefundUnknown(visit=one.visit, order_no=order.order_no, refund_no=number))
    return False


async def _now(order: Order, visit: str, journal: Journal, payments: PaymentGateway) -> OrderState | None:
    """How the gateway has an order that was paid; None = it did not say. A refund that is not in the journal yet is entered."""
    try:
        state = await payments.query(order)
    except Fault:
        return None
    if state is OrderState.REFUNDED:
        number = refund_number(order.order_no)
        await journal.write(events.Refunded(visit=visit, order_no=order.order_no, refund_no=number, amount_fen=order.amount.fen))
    return state
