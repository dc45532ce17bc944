"""What every payment gateway must keep: inherit `PaymentGatewayContract` and fill in the hooks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.model.faults import Fault, Remedy
from kiosk.model.money import Money
from kiosk.model.zone import CHINA
from kiosk.payments import Order, OrderState, PaymentGateway


class PaymentGatewayContract(ABC):
    """Hooks: a gateway with a short deadline, fresh orders, the citizen's phone, and hands to break the line."""

    @abstractmethod
    def make(self) -> PaymentGateway:
        """A fresh gateway; the test closes it."""

    @abstractmethod
    def order(self) -> Order:
        """An order of more than one fen, under a number not used before: <station>-<epoch>-<visit>-P1, as the journal makes them."""

    @abstractmethod
    def phone_pays(self, order: Order) -> None:
        """The citizen's phone pays it."""

    @abstractmethod
    def breaks(self, how: str) -> None:
        """From now on the gateway is `asleep`, loses its replies (`lost_reply`), talks `garbage`, of `other_amount` or

        `other_order`; `well` mends it."""

    @abstractmethod
    def refunds(self, order: Order) -> int:
        """How often money of it went back, by the gateway's own books."""

    async def test_an_order_nobody_made_is_absent(self) -> None:
        gateway, order = self.make(), self.order()
        assert await gateway.query(order) is OrderState.ABSENT
        assert await gateway.close_order(order) is OrderState.ABSENT
        await gateway.close()

    async def test_created_paid_and_known(self) -> None:
        gateway, order = self.make(), self.order()
        created = await gateway.create(order)
        assert created.qr and created == await gateway.create(order), "the same number twice is one order"
        assert await gateway.query(order) is OrderState.WAITING
        self.phone_pays(order)
        assert await gateway.query(order) is OrderState.PAID
        await gateway.close()

    async def test_unpaid_it_is_closed_and_stays_so(self) -> None:
        gateway, order = self.make(), self.order()
        await gateway.create(order)
        assert await gateway.close_order(order) is OrderState.CLOSED
        assert await gateway.close_order(order) is OrderState.CLOSED
        assert await gateway.query(order) is OrderState.CLOSED
        await gateway.close()

    async def test_closing_says_paid_where_the_citizen_was_quicker(self) -> None:
        gateway, order = self.make(), self.order()
        await gateway.create(order)
        self.phone_pays(order)
        assert await gateway.close_order(order) is OrderState.PAID
        assert await gateway.query(order) is OrderState.PAID
        await gateway.close()

    async def test_the_same_refund_twice_is_one(self) -> None:
        gateway, order = self.make(), self.order()
        await gateway.create(order)
        self.phone_pays(order)
        for _ in range(2):
            assert await gateway.refund(order, order.order_no + "-R") is OrderState.REFUNDED
        assert await gateway.query(order) is OrderState.REFUNDED
        assert self.refunds(order) == 1
        await gateway.close()

    async def test_what_went_back_is_not_closed_as_if_nobody_had_paid(self) -> None:
        gateway, order = self.make(), self.order()
        await gateway.create(order)
        self.phone_pays(order)
        await gateway.refund(order, order.order_no + "-R")
        assert await gateway.close_order(order) is OrderState.REFUNDED
        await gateway.close()

    async def test_a_refund_whose_reply_is_lost_is_one_refund(self) -> None:
        gateway, order = self.make(), self.order()
        await gateway.create(order)
        self.phone_pays(order)
        self.breaks("lost_reply")
        with pytest.raises(Fault, match=r"payment\.unknown"):
            await gateway.refund(order, order.order_no + "-R")
        self.breaks("well")
        assert await gateway.refund(order, order.order_no + "-R") is OrderState.REFUNDED
        assert self.refunds(order) == 1
        await gateway.close()

    async def test_what_was_never_paid_is_not_refunded(self) -> None:
        gateway, order = self.make(), self.order()
        await gateway.create(order)
        assert await gateway.refund(order, order.order_no + "-R") is OrderState.WAITING
        assert self.refunds(order) == 0
        await gateway.close()

    async def test_other_money_under_the_same_number_is_a_mismatch(self) -> None:
        gateway, order = self.make(), self.order()
        await gateway.create(order)
        other = replace(order, amount=Money(order.amount.fen - 1))
        for call in (gateway.create, gateway.query, gateway.close_order):
            await self._fault(call(other), "payment.mismatch", Remedy.CLOSE)
        assert await gateway.query(order) is OrderState.WAITING
        await gateway.close()

    async def test_a_reply_about_other_money_or_another_order_is_refused(self) -> None:
        gateway, order = self.make(), self.order()
        await gateway.create(order)
        for how in ("other_amount", "other_order"):
            self.breaks(how)
            await self._fault(gateway.query(order), "payment.mismatch", Remedy.CLOSE)
        await gateway.close()

    async def test_asleep_is_said_of_creating_alone(self) -> None:
        gateway, order = self.make(), self.order()
        self.breaks("asleep")
        await self._fault(gateway.create(order), "payment.asleep", Remedy.LATER)
        for call in (gateway.query, gateway.close_order):
            await self._fault(call(order), "payment.unknown", Remedy.LATER)
        await gateway.close()

    async def test_an_unknown_creation_stays_unknown_until_somebody_tells(self) -> None:
        gateway, order = self.make(), self.order()
        for how in ("lost_reply", "asleep", "garbage"):
            self.breaks(how)
            await self._fault(gateway.create(order), "payment.unknown", Remedy.LATER)
        self.breaks("well")
        assert await gateway.query(order) is OrderState.WAITING
        await gateway.close()

    async def test_a_bill_tells_what_became_of_every_order_of_the_station(self) -> None:
        gateway = self.make()
        waits, paid, back = self.order(), self.order(), self.order()
        station = _station(waits)
        for order in (waits, paid, back):
            await gateway.create(order)
        for order in (paid, back):
            self.phone_pays(order)
        await gateway.refund(back, back.order_no + "-R")
        today = datetime.now(CHINA).date()
        lines = {line.order_no: line for line in await gateway.bill(station, today)}
        assert [lines[order.order_no].state for order in (waits, paid, back)] == [
            OrderState.WAITING,
            OrderState.PAID,
            OrderState.REFUNDED,
        ]
        assert [lines[order.order_no].kept for order in (waits, paid, back)] == [Money(0), paid.amount, Money(0)]
        assert lines[back.order_no].refund_no == back.order_no + "-R"
        assert all(lines[order.order_no].amount == order.amount for order in (waits, paid, back))
        assert not {waits.order_no, paid.order_no} & {line.order_no for line in await gateway.bill(station, today - timedelta(days=1))}
        assert await gateway.bill("NOBODY", today) == ()
        await gateway.close()

    async def test_no_bill_is_no_empty_bill(self) -> None:
        gateway = self.make()
        today = datetime.now(CHINA).date()
        for how in ("asleep", "garbage", "lost_reply"):
            self.breaks(how)
            await self._fault(gateway.bill(_station(self.order()), today), "payment.unknown", Remedy.LATER)
        await gateway.close()

    async def test_closing_twice_and_unused_is_fine(self) -> None:
        gateway = self.make()
        await gateway.close()
        await gateway.close()

    async def _fault(self, call: Awaitable[object], code: str, remedy: Remedy) -> None:
        with pytest.raises(Fault) as caught:
            await call
        assert (caught.value.code, caught.value.remedy) == (code, remedy)


def _station(order: Order) -> str:
    return order.order_no.rsplit("-", 3)[0]
