"""A journal that began anew asks the gateway before it lets anybody pay; the bill of a day is laid beside it (F-72, J5, J8, J9)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from till import FINE, Till

from kiosk.flow.bill import compare, differences
from kiosk.flow.rebuild import rebuild
from kiosk.flow.settle import Settling, settle
from kiosk.journal import Journal, Row
from kiosk.journal.unsettled import Open
from kiosk.model import events
from kiosk.model.money import Money
from kiosk.model.zone import CHINA
from kiosk.payments import Entry, Method, Order, OrderState

AMOUNT = FINE.fee.fen


@pytest.fixture
async def till(sandbox, state):
    till = Till(state / "journal.db", f"{sandbox.url}/pay")
    yield till
    await till.close()


async def an_order(till, sandbox, *, pays=False, rows=()):
    """A visit with an order at the gateway; the journal has the intent and `rows`."""
    id = await till.journal.begin(FINE.id)
    order = Order(order_no=f"{id}-P1", amount=FINE.fee, method=Method.WECHAT, subject=FINE.id)
    await till.journal.write(events.PayIntent(visit=id, order_no=order.order_no, amount_fen=AMOUNT, method="wechat"))
    await till.gateway.create(order)
    if pays:
        sandbox.pay(order.order_no)
    for row in rows:
        await till.journal.write(row(id, order))
    return id, order


def paid(id, order):
    return events.Paid(visit=id, order_no=order.order_no, amount_fen=AMOUNT)


def submitted(id, order):
    return events.Submitted(visit=id, key=f"{id}-S")


def promised(id, order):
    return events.RefundIntent(visit=id, order_no=order.order_no, refund_no=f"{id}-R1", amount_fen=AMOUNT)


def lose(till, *, from_row=1):
    """The disk gives back other bytes in row `from_row`; the next start moves the file aside and begins anew."""
    path = till.journal.path
    till.journal.close()
    import apsw

    connection = apsw.Connection(str(path))
    connection.execute("DROP TRIGGER rows_are_kept_UPDATE")
    connection.execute("UPDATE rows SET payload = '{}' WHERE seq = ?", (from_row,))
    connection.close()
    till.journal = Journal.open(path, "XM-1")
    assert till.journal.quarantined is not None


def states(sandbox):
    return {order["order_no"]: order["state"] for order in sandbox.orders()}


async def test_a_fresh_journal_asks_before_it_takes_money(till, sandbox):
    sandbox.switch("pay", "asleep")
    assert not await rebuild(till.journal, till.gateway)
    sandbox.switch("pay", "none")
    assert await rebuild(till.journal, till.gateway)
    assert [type(event).__name__ for event in till.journal.read()] == ["Rebuilt"]
    assert await rebuild(till.journal, till.gateway)
    assert len(tuple(till.journal.read())) == 1, "asked once in the life of a journal"


async def test_what_waits_is_found_and_closed(till, sandbox):
    id, order = await an_order(till, sandbox)
    lose(till)
    assert tuple(till.journal.read()) == ()
    assert await rebuild(till.journal, till.gateway)
    settled = await settle(till.journal, till.gateway, till.journal.head()[0])
    assert settled.open == () and settled.may_take_money
    assert till.kinds(id) == ["OrderFound", "PayClosed"]
    assert states(sandbox) == {order.order_no: "closed"}


async def test_what_was_paid_and_may_have_been_done_is_left_for_people(till, sandbox):
    id, order = await an_order(till, sandbox, pays=True)
    lose(till)
    await rebuild(till.journal, till.gateway)
    settled = await settle(till.journal, till.gateway)
    assert settled.may_take_money
    assert {(one.what, one.visit) for one in settled.open} == {(Open.ORDER, id), (Open.SUBMISSION, id)}
    assert states(sandbox) == {order.order_no: "paid"}, "a refund could give away what was done"


async def test_saved_rows_tell_what_was_served(till, sandbox):
    id, order = await an_order(till, sandbox, pays=True, rows=(paid, submitted))
    await an_order(till, sandbox)
    lose(till, from_row=5)
    await rebuild(till.journal, till.gateway)
    assert till.kinds(id) == ["OrderFound", "Paid", "Submitted"]
    assert (await settle(till.journal, till.gateway)).open == ()
    assert states(sandbox)[order.order_no] == "paid"


async def test_a_refund_that_was_promised_is_the_same_refund(till, sandbox):
    id, order = await an_order(till, sandbox, pays=True, rows=(paid, promised))
    await an_order(till, sandbox)
    lose(till, from_row=5)
    await rebuild(till.journal, till.gateway)
    assert (await settle(till.journal, till.gateway)).open == ()
    (back,) = [one for one in sandbox.orders() if one["order_no"] == order.order_no]
    assert (back["state"], back["refunds"], back["refund_no"]) == ("refunded", 1, f"{id}-R1")


async def test_a_start_with_a_new_journal_settles_what_it_finds(till, sandbox):
    _, order = await an_order(till, sandbox)
    lose(till)
    settling = Settling(till.journal, till.gateway)
    assert not settling.may_take_money()
    assert (await settling.run()).may_take_money and settling.may_take_money()
    assert states(sandbox) == {order.order_no: "closed"}


def row(seq, event, time="2026-11-25T04:00:00.000+00:00"):
    return Row(seq=seq, time=time, event=event)


def entry(number, state, fen=10_000):
    return Entry(order_no=number, amount=Money(fen), method=Method.WECHAT, state=state)


DAY = datetime(2026, 11, 25).date()  # noqa: DTZ001 - a day has no zone


def intent(number):
    return events.PayIntent(visit="V", order_no=number, amount_fen=10_000, method="wechat")


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ([intent("a"), events.Paid(visit="V", order_no="a", amount_fen=10_000)], [entry("a", OrderState.PAID)], []),
        ([intent("a"), events.PayClosed(visit="V", order_no="a")], [entry("a", OrderState.CLOSED)], []),
        ([intent("a"), events.PayClosed(visit="V", order_no="a")], [], []),
        ([intent("a"), events.PayClosed(visit="V", order_no="a")], [entry("a", OrderState.PAID)], ["a"]),
        ([intent("a"), events.Paid(visit="V", order_no="a", amount_fen=10_000)], [], ["a"]),
        ([intent("a"), events.Paid(visit="V", order_no="a", amount_fen=9_999)], [entry("a", OrderState.PAID)], ["a"]),
        ([], [entry("x", OrderState.PAID)], ["x"]),
        ([], [entry("x", OrderState.REFUNDED)], []),
    ],
    ids=["same", "closed", "never opened", "paid too late", "paid nowhere", "another amount", "unheard of", "given back"],
)
def test_a_bill_beside_the_journal(ours, theirs, said):
    rows = [row(number, event) for number, event in enumerate(ours, 1)]
    assert [one.order_no for one in differences(rows, DAY, theirs, ())] == said


def test_a_refund_told_twice_is_one_and_midnight_is_no_difference():
    back = events.Refunded(visit="V", order_no="a", refund_no="r", amount_fen=10_000)
    rows = [row(1, intent("a")), row(2, events.Paid(visit="V", order_no="a", amount_fen=10_000)), row(3, back), row(4, back)]
    assert differences(rows, DAY, [entry("a", OrderState.REFUNDED)], ()) == ()
    late = "2026-11-25T15:59:59.900+00:00"
    rows = [row(1, intent("m"), late), row(2, events.Paid(visit="V", order_no="m", amount_fen=10_000), late)]
    assert differences(rows, DAY, (), [entry("m", OrderState.PAID)]) == ()
    assert len(differences(rows, DAY, (), ())) == 1


async def test_each_day_that_is_over_is_compared_once_and_a_difference_is_an_alert(till, sandbox, caplog, monkeypatch):
    await an_order(till, sandbox, pays=True)  # and no row that says so
    today = datetime.now(CHINA).date()
    said = []
    monkeypatch.setattr("kiosk.flow.bill.log.critical", lambda event, **fields: said.append((event, fields)))
    await compare(till.journal, till.gateway, today)
    assert not [event for event in till.journal.read() if isinstance(event, events.BillCompared)], "today is not over"
    sandbox.switch("pay", "asleep", times=1)
    tomorrow = today + timedelta(days=1)
    await compare(till.journal, till.gateway, tomorrow)
    assert said == [], "no bill is no difference"
    for _ in range(2):
        await compare(till.journal, till.gateway, tomorrow)
    (compared,) = [event for event in till.journal.read() if isinstance(event, events.BillCompared)]
    assert (compared.day, compared.orders, compared.differences) == (today.isoformat(), 1, 1)
    assert said == [("payment.difference", {"day": today.isoformat(), "orders": 1})]
