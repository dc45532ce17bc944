"""Takes the money: one order, one QR, asked about until its end is known (RELIABILITY §3)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.desk import Desk
from kiosk.flow.refund import refund
from kiosk.flow.stage import Back, Leave
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import PayView
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.session import Session
from kiosk.model.words import Text, Word
from kiosk.payments import Method, Order, OrderState


@dataclass(frozen=True)
class Pay(Step):
    name: ClassVar[str] = "pay"
    phase: ClassVar[Phase] = Phase.PAY
    repeatable: ClassVar[bool] = False  # a second order needs the first one's end, not a second try

    def wanted(self, session: Session) -> bool:
        return not session.paid and (session.quote is None or session.quote.fen > 0)

    async def run(self, session: Session, desk: Desk) -> Session:
        if session.quote is None:
            raise Fault("payment.no_amount", Remedy.LATER)
        message: Text = ""
        while True:
            view = PayView(
                state="choose",
                title=Word("pay.title"),
                amount=str(session.quote),
                methods=tuple(method.value for method in Method),
                demo=desk.terminal.demo,
                message=message,
                can_back=True,
                watched=True,
            )
            if desk.mains.on_battery:  # what is paid now might never be delivered (F-17); a payment that is under way goes on
                raise Fault("payment.no_power", Remedy.LATER)
            method = Method((await desk.ask(view))["method"])
            if desk.mains.on_battery:
                raise Fault("payment.no_power", Remedy.LATER)
            order = Order(
                order_no=session.order_no,
                amount=session.quote,
                method=method,
                subject=session.item.id,
                expires=round(desk.waits.pay_wait + desk.timing.pay_spare),
            )
            try:
                paid, message = await self._paid(order, replace(view, message=""), session, desk)
                if paid:
                    return replace(session, paid=True)
            except Fault as fault:
                if fault.code in ("payment.unknown", "payment.mismatch"):
                    # Nobody shall pay a second time while the first is being asked about: the next start settles it (J5).
                    desk.may_take_money = lambda: False
                raise
            # The gateway said CLOSED: only now may another number be used (J2).
            session = replace(session, attempt=session.attempt + 1)

    async def _paid(self, order: Order, view: PayView, session: Session, desk: Desk) -> tuple[bool, Text]:
        """True = the money is here; False = the order is closed and the citizen chooses again, and what is told about it."""
        await desk.journal.write(
            events.PayIntent(visit=session.visit, order_no=order.order_no, amount_fen=order.amount.fen, method=order.method.value)
        )
        shown = False

        async def given_back() -> Text:
            return await self._given_back(order, session, desk, shown=shown)

        desk.hand_back(given_back)
        desk.show(replace(view, state="confirming", method=order.method.value, watched=False, can_back=False, can_leave=False))
        wish: Exception | None = None
        now = asyncio.get_running_loop().time
        dies = now() + order.expires  # at the bank, whoever is being fetched meanwhile
        try:
            created = await desk.payments.create(order)
        except Fault as fault:
            if fault.code == "payment.asleep":
                desk.kept(given_back)
                await desk.journal.write(events.PayClosed(visit=session.visit, order_no=order.order_no))
            # Otherwise the order may stand there: `given_back` asks about it and closes it.
            raise
        await desk.journal.write(events.PayCreated(visit=session.visit, order_no=order.order_no))
        seen = replace(
            view,
            state="qr",
            method=order.method.value,
            qr=created.qr,
            order_no=order.order_no,
            seconds_left=round(desk.waits.pay_wait),
            watched=False,
        )
        shown = True
        try:
            state = await desk.meanwhile(seen, self._watch(order, dies, desk))
        except (Back, Leave) as left:
            state, wish = OrderState.WAITING, left
        if state is not OrderState.PAID:
            state = await self._end(order, seen, session, desk)
        desk.kept(given_back)
        if state is OrderState.PAID:
            await desk.journal.write(events.Paid(visit=session.visit, order_no=order.order_no, amount_fen=order.amount.fen))
            desk.owe(lambda: refund(order, session, desk))
            if isinstance(wish, Leave):
                raise wish  # the money goes back: it is owed by now
            return True, ""
        await desk.journal.write(events.PayClosed(visit=session.visit, order_no=order.order_no))
        if isinstance(wish, Leave):
            raise wish
        if state is OrderState.REFUNDED:
            raise Fault("payment.returned", Remedy.LATER)
        if wish is None and not desk.call.now.running and now() < dies:
            raise Fault("payment.expired", Remedy.LATER)
        return False, Word("pay.anew") if wish is None else ""

    async def _watch(self, order: Order, dies: float, desk: Desk) -> OrderState:
        """Asks as often as the wallet's rules say, a minute long, and while somebody is called for help as long as the order lives.

        A question without answer is asked again, not taken for a no.
        """
        state, cadence, poll = OrderState.WAITING, order.method.cadence, desk.timing.pay_poll
        try:
            async with asyncio.timeout_at(dies), desk.call.patient(desk.waits.pay_wait):
                await asyncio.sleep(cadence.first * poll)
                while True:
                    try:
                        state = await desk.payments.query(order)
                    except Fault as fault:
                        if fault.code != "payment.unknown":
                            raise
                    if state is not OrderState.WAITING:
                        return state
                    await asyncio.sleep(cadence.every * poll)
        except TimeoutError:
            return OrderState.WAITING

    async def _end(self, order: Order, seen: PayView, session: Session, desk: Desk) -> OrderState:
        """Close what was not paid; the citizen may have been quicker (ORDERPAID), or nobody knows."""
        desk.show(replace(seen, state="confirming", qr="", can_back=False, can_leave=False))
        for left in range(desk.timing.submit_tries - 1, -1, -1):
            try:
                state = await desk.payments.close_order(order)
                if state is OrderState.PAID or state.unpaid_for_good(shown=True):
                    return state
            except Fault as fault:
                if fault.code not in ("payment.unknown", "payment.asleep"):
                    break
            if left:
                await asyncio.sleep(desk.timing.pay_poll)
        await desk.journal.write(events.PayUnknown(visit=session.visit, order_no=order.order_no))
        raise Fault("payment.unknown", Remedy.LATER)

    async def _given_back(self, order: Order, session: Session, desk: Desk, *, shown: bool) -> Text:
        """The visit ended with the order open: close it; if it was paid after all, the money goes back. Else the next start asks."""
        state = await desk.payments.close_order(order)
        if state is OrderState.PAID:
            await desk.journal.write(events.Paid(visit=session.visit, order_no=order.order_no, amount_fen=order.amount.fen))
            return await refund(order, session, desk)
        if state.unpaid_for_good(shown=shown):
            await desk.journal.write(events.PayClosed(visit=session.visit, order_no=order.order_no))
        return ""
