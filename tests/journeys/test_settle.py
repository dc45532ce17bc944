"""Cut at every row of a paid visit, the next start puts the money right; the gateway's and the department's books are witnesses."""

from __future__ import annotations

import asyncio

import pytest
from till import FINE, Plug, Till

from kiosk.flow import views
from kiosk.flow.refund import refund_number
from kiosk.flow.settle import Settling, settle
from kiosk.flow.stage import Back
from kiosk.flow.visit import Ending
from kiosk.journal.unsettled import Open
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.session import Session
from kiosk.payments import Method, Order, OrderState
from kiosk.testing.stage import ScriptedStage

ROWS = ["PayIntent", "PayCreated", "Paid", "SubmitIntent", "Submitted", "VisitEnded"]  # after VisitStarted


@pytest.fixture
async def till(sandbox, state):
    till = Till(state / "journal.db", f"{sandbox.url}/pay")
    yield till
    await till.close()


def citizen(sandbox, *, pays="qr", method="wechat", **script):
    """Pays with the phone as soon as this state of the payment is on the glass; "" = never."""
    stage = ScriptedStage(FINE.id, PayView=lambda view: {"method": method} if view.state == "choose" else None, **script)

    def look(view):
        if getattr(view, "state", "") == pays and view.order_no:
            sandbox.pay(view.order_no)

    stage.on_view = look
    return stage


def books(sandbox):
    return {order["order_no"]: order["state"] for order in sandbox.orders()}


async def begun(till, sandbox, *, paid, visit_rows=()):
    """A visit of which only these rows were written: its id and order."""
    id = await till.journal.begin(FINE.id)
    order = Order(order_no=f"{id}-P1", amount=FINE.fee, method=Method.WECHAT, subject=FINE.id)
    await till.journal.write(events.PayIntent(visit=id, order_no=order.order_no, amount_fen=order.amount.fen, method="wechat"))
    await till.gateway.create(order)
    if paid:
        sandbox.pay(order.order_no)
    for event in visit_rows:
        await till.journal.write(event(id, order))
    return id, order


def paid_row(id, order):
    return events.Paid(visit=id, order_no=order.order_no, amount_fen=order.amount.fen)


def created_row(id, order):
    return events.PayCreated(visit=id, order_no=order.order_no)


def sent_row(id, order):
    return events.SubmitIntent(visit=id, key=f"{id}-S", operation=FINE.operation)


async def test_the_rows_are_those_of_a_paid_visit(till, sandbox):
    id, ending = await till.visit(citizen(sandbox))
    assert ending is Ending.SERVED
    assert till.kinds(id) == ["VisitStarted", *ROWS]
    assert (await settle(till.journal, till.gateway)).open == ()


@pytest.mark.parametrize("pays", ["qr", "confirming", ""])
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("row", range(1, len(ROWS) + 1), ids=ROWS)
async def test_cut_anywhere_money_is_taken_only_for_what_was_served(till, sandbox, row, before, pays):
    plug = Plug(at=row, before=before)
    id, ending = await till.visit(citizen(sandbox, pays=pays), plug)
    assert (ending is None) == plug.pulled
    till.restart()
    settled = await settle(till.journal, till.gateway)
    assert settled.may_take_money
    staff = {one.visit for one in settled.open}
    for order_no, state in books(sandbox).items():
        assert state in ("paid", "closed", "refunded")
        if state == "paid":
            assert till.served(order_no) or id in staff
        else:
            assert not till.served(order_no)
    # Only where the department may have done it is anything left, and it is said which.
    unknown = "SubmitIntent" in till.kinds(id) and not {"Submitted", "SubmitRefused"} & set(till.kinds(id))
    assert {one.what for one in settled.open} == ({Open.ORDER, Open.SUBMISSION} if unknown else set())
    assert till.kinds(id)[-1] == "VisitEnded"
    again = len(tuple(till.journal.read()))
    assert await settle(till.journal, till.gateway) == settled
    assert len(tuple(till.journal.read())) == again, "a second round finds nothing new to write"


@pytest.mark.parametrize("row", range(1, 4))
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_cut_in_the_middle_of_a_refund_it_is_one_refund(till, sandbox, row, before):
    # VisitEnded and what the apology does come after; the refund's own rows are RefundIntent and Refunded.
    plug = Plug(at=5 + row, before=before)
    till.bureau.moods = ["refuses"]
    id, _ = await till.visit(citizen(sandbox), plug)
    till.restart()
    assert (await settle(till.journal, till.gateway)).open == ()
    (order,) = sandbox.orders()
    assert (order["state"], order["refunds"], order["refund_no"]) == ("refunded", 1, f"{id}-R1")


async def test_closed_first_then_a_second_order_paid_and_cut(till, sandbox):
    tries = []

    def pay(view):
        if view.state == "choose":
            return {"method": "alipay"}
        tries.append(view.order_no)
        if len(tries) == 1:
            return Back
        sandbox.pay(view.order_no)
        return None

    id, _ = await till.visit(ScriptedStage(FINE.id, PayView=pay), Plug(at=6))
    till.restart()
    await settle(till.journal, till.gateway)
    assert books(sandbox) == {f"{id}-P1": "closed", f"{id}-P2": "refunded"}


async def test_paid_while_the_gateway_sleeps_it_goes_back_before_the_visit_is_over(till, sandbox):
    stage = citizen(sandbox, pays="confirming")
    pays = stage.on_view

    def look(view):
        pays(view)
        if getattr(view, "state", "") == "confirming" and view.order_no:
            sandbox.switch("pay", "asleep", times=2)  # as often as closing is tried while the citizen waits

    stage.on_view = look
    id, ending = await till.visit(stage)
    assert ending is Ending.FAULT and stage.last(views.ApologyView).code == "payment.unknown"
    assert till.kinds(id)[-5:] == ["PayUnknown", "Paid", "RefundIntent", "Refunded", "VisitEnded"]
    assert books(sandbox) == {f"{id}-P1": "refunded"}


async def test_until_the_gateway_has_answered_no_money_may_be_taken(till, sandbox):
    _, order = await begun(till, sandbox, paid=True, visit_rows=[created_row])
    sandbox.switch("pay", "asleep")
    settling = Settling(till.journal, till.gateway, pause=0.01)
    running = asyncio.create_task(settling.run())
    for _ in range(20):
        await asyncio.sleep(0.01)
        assert not settling.may_take_money()
    sandbox.switch("pay", "none")
    settled = await running
    assert settling.may_take_money() and settled.open == ()
    assert books(sandbox) == {order.order_no: "refunded"}


async def test_with_nothing_open_money_may_be_taken_at_once_and_nobody_is_asked(till, sandbox):
    await till.journal.write(events.Rebuilt(found=0))  # not the first start of this journal
    sandbox.switch("pay", "asleep")
    settling = Settling(till.journal, till.gateway)
    assert not settling.may_take_money()
    assert await settling.run() == await settle(till.journal, till.gateway)
    assert settling.may_take_money()


async def test_who_is_served_meanwhile_is_left_alone(till, sandbox, monkeypatch):
    await begun(till, sandbox, paid=False)
    close, asked, well = till.gateway.close_order, asyncio.Event(), asyncio.Event()

    async def closing(order):
        asked.set()
        if not well.is_set():
            raise Fault("payment.unknown", Remedy.LATER)
        return await close(order)

    monkeypatch.setattr(till.gateway, "close_order", closing)
    running = asyncio.create_task(Settling(till.journal, till.gateway, pause=0.01).run())
    await asked.wait()
    id, order = await begun(till, sandbox, paid=True, visit_rows=[created_row])
    well.set()
    await running
    assert books(sandbox)[order.order_no] == "paid"
    assert till.kinds(id)[-1] == "PayCreated"


@pytest.mark.parametrize("misdeed", ["asleep", "lost_reply", "error_500", "html", "stale", "other_amount", "other_person"])
async def test_what_the_gateway_tells_badly_is_asked_again(till, sandbox, misdeed):
    id, order = await begun(till, sandbox, paid=True, visit_rows=[created_row, paid_row])
    sandbox.switch("pay", misdeed)
    settled = await settle(till.journal, till.gateway)
    assert settled.unasked == (order.order_no,) and not settled.may_take_money
    assert till.kinds(id).count("RefundUnknown") == 1
    await settle(till.journal, till.gateway)
    assert [till.kinds(id).count(kind) for kind in ("RefundIntent", "RefundUnknown")] == [1, 1], "said once"
    sandbox.switch("pay", "none")
    assert (await settle(till.journal, till.gateway)).open == ()
    assert [one["refunds"] for one in sandbox.orders()] == [1]


async def test_an_order_nobody_ever_saw_is_closed_without_a_gateway_that_knows_it(till, sandbox):
    id = await till.journal.begin(FINE.id)
    await till.journal.write(events.PayIntent(visit=id, order_no=f"{id}-P1", amount_fen=200, method="alipay"))
    assert (await settle(till.journal, till.gateway)).open == ()
    assert till.kinds(id)[-2:] == ["PayClosed", "VisitEnded"]


async def test_an_order_that_was_on_the_glass_and_is_unknown_to_the_gateway_is_for_people(till, sandbox):
    id, order = await begun(till, sandbox, paid=False, visit_rows=[created_row])
    sandbox.reset()
    settled = await settle(till.journal, till.gateway)
    assert settled.may_take_money and [one.number for one in settled.open] == [order.order_no]
    assert "PayClosed" not in till.kinds(id)


async def test_what_people_gave_back_by_hand_is_entered(till, sandbox):
    _, order = await begun(till, sandbox, paid=True, visit_rows=[created_row, paid_row, sent_row])
    assert [one.what for one in (await settle(till.journal, till.gateway)).open] == [Open.ORDER, Open.SUBMISSION]
    assert await till.gateway.refund(order, "BY-HAND-7") is OrderState.REFUNDED
    assert [one.what for one in (await settle(till.journal, till.gateway)).open] == [Open.SUBMISSION]


async def test_given_back_by_hand_before_the_kiosk_did_takes_no_second_refund(till, sandbox):
    _, order = await begun(till, sandbox, paid=True, visit_rows=[created_row, paid_row])
    await till.gateway.refund(order, "BY-HAND-8")
    settled = await settle(till.journal, till.gateway)
    assert settled.may_take_money and settled.open == ()
    assert [one["refunds"] for one in sandbox.orders()] == [1]


async def test_a_paper_that_may_lie_in_the_tray_is_told_and_never_printed_again(till, sandbox):
    id = await till.journal.begin(FINE.id)
    await till.journal.write(events.PrintIntent(visit=id, job=f"{id}-1", document="receipt"))
    settled = await settle(till.journal, till.gateway)
    assert [one.what for one in settled.open] == [Open.PRINT]
    assert till.kinds(id) == ["VisitStarted", "PrintIntent", "VisitEnded"]


def test_the_refund_number_is_the_visits_own():
    session = Session(visit="XM-P1-AAAA-000001", item=FINE, attempt=3)
    assert refund_number(session.order_no) == session.refund_no
