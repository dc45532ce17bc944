"""The city's gateway against the sandbox: the contract, every misdeed, and money that is counted once."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from kiosk.model.faults import Fault
from kiosk.model.money import Money
from kiosk.payments import Method, Order, OrderState
from kiosk.payments.city import CityGateway
from kiosk.testing.payments import PaymentGatewayContract

numbers = itertools.count(1)


def an_order(**changes):
    number = f"XM0001-T3ST-{next(numbers):06d}-P1"
    facts = {"order_no": number, "amount": Money(10_300), "method": Method.WECHAT, "subject": "traffic-fine-pay"}
    return Order(**{**facts, **changes})


class TestContract(PaymentGatewayContract):
    @pytest.fixture(autouse=True)
    def _stage(self, sandbox):
        self.sandbox = sandbox

    def make(self):
        return CityGateway(url=f"{self.sandbox.url}/pay", deadline=20.0)

    def order(self):
        return an_order()

    def phone_pays(self, order):
        assert self.sandbox.pay(order.order_no)

    def breaks(self, how):
        self.sandbox.switch("pay", {"garbage": "html", "well": "none", "other_order": "other_person"}.get(how, how))

    def refunds(self, order):
        return next(one["refunds"] for one in self.sandbox.orders() if one["order_no"] == order.order_no)


@pytest.fixture
async def gateway(sandbox):
    gateway = CityGateway(url=f"{sandbox.url}/pay", deadline=0.6)
    yield gateway
    await gateway.close()


NOT_CREATED = ("asleep", "busy")
UNKNOWN = (
    "refuse_connection", "hang", "slow_headers", "slow_loris", "error_500", "lost_reply", "cut", "html", "redirect", "huge", "endless",
    "truncated", "gzip_bomb", "gbk", "wrong_types", "missing_field", "extra_field", "null", "nan", "deep", "duplicate_keys", "stale",
)  # fmt: skip


@pytest.mark.parametrize("misdeed", NOT_CREATED + UNKNOWN)
async def test_a_misdeed_is_never_taken_for_an_answer(misdeed, sandbox, gateway):
    other, order = an_order(), an_order()
    await gateway.create(other)
    sandbox.switch("pay", misdeed)
    with pytest.raises(Fault) as caught:
        await gateway.create(order)
    assert caught.value.code == ("payment.asleep" if misdeed in NOT_CREATED else "payment.unknown")
    if misdeed in NOT_CREATED:
        assert [one["order_no"] for one in sandbox.orders()] == [other.order_no], "surely not created"
    for ask in (gateway.query, gateway.close_order):
        with pytest.raises(Fault, match=r"payment\.unknown"):
            await ask(order)


async def test_nobody_there(sandbox):
    gateway = CityGateway(url="http://127.0.0.1:9/pay")
    with pytest.raises(Fault, match=r"payment\.asleep"):
        await gateway.create(an_order())
    with pytest.raises(Fault, match=r"payment\.unknown"):
        await gateway.query(an_order())
    await gateway.close()


async def test_a_lost_creation_is_found_under_its_number(sandbox, gateway):
    order = an_order()
    sandbox.switch("pay", "lost_reply", times=1)
    with pytest.raises(Fault, match=r"payment\.unknown"):
        await gateway.create(order)
    assert await gateway.query(order) is OrderState.WAITING
    assert await gateway.close_order(order) is OrderState.CLOSED
    assert len(sandbox.orders()) == 1


async def test_paid_too_late_for_the_glass_but_before_closing_is_paid(sandbox, gateway):
    order = an_order()
    await gateway.create(order)
    assert await gateway.query(order) is OrderState.WAITING
    sandbox.pay(order.order_no)
    assert await gateway.close_order(order) is OrderState.PAID
    assert sandbox.ledger()["paid_fen"] == order.amount.fen


async def test_a_closed_order_cannot_be_paid(sandbox, gateway):
    order = an_order()
    await gateway.create(order)
    await gateway.close_order(order)
    assert not sandbox.pay(order.order_no)
    assert sandbox.ledger()["paid_fen"] == 0


async def test_an_order_dies_by_itself(sandbox, gateway):
    order = an_order(expires=1)
    await gateway.create(order)
    while await gateway.query(order) is OrderState.WAITING:
        await asyncio.sleep(0.1)
    assert await gateway.query(order) is OrderState.CLOSED
    assert not sandbox.pay(order.order_no)


async def test_the_phone_that_pays_by_itself(sandbox, gateway):
    sandbox.auto_pay(0.05)
    order = an_order()
    await gateway.create(order)
    while await gateway.query(order) is OrderState.WAITING:
        await asyncio.sleep(0.02)
    assert await gateway.query(order) is OrderState.PAID


async def test_another_refund_number_takes_no_more_money(sandbox, gateway):
    order = an_order()
    await gateway.create(order)
    sandbox.pay(order.order_no)
    await gateway.refund(order, order.order_no + "-R")
    with pytest.raises(Fault, match=r"payment\.mismatch"):
        await gateway.refund(order, order.order_no + "-R2")
    books = sandbox.ledger()
    assert books["paid_fen"] == books["refunded_fen"] == order.amount.fen


async def test_another_merchant_is_refused(sandbox):
    gateway = CityGateway(url=f"{sandbox.url}/pay", merchant="SOMEBODY-ELSE")
    with pytest.raises(Fault, match=r"payment\.mismatch"):
        await gateway.create(an_order())
    await gateway.close()
