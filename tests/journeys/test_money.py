"""Every way a payment can go, with the department's and the gateway's own books as witnesses."""

from __future__ import annotations

import asyncio

from kiosk.flow import views
from kiosk.flow.stage import Back, Leave
from kiosk.flow.visit import Ending
from kiosk.late import put_off

ITEM = "traffic-fine-pay"


def choose_or_wait(view):
    return {"method": "alipay"} if view.state == "choose" else None


def paying(here):
    """A citizen who pays as soon as the QR is there."""

    def answer(view):
        if view.state == "qr":
            here.sandbox.pay(view.order_no)
        return choose_or_wait(view)

    return answer


def books(here):
    """order_no → state, of the gateway's own."""
    return {order["order_no"]: order["state"] for order in here.sandbox.orders()}


async def test_a_fine_is_paid_and_the_department_knows(place):
    async with place() as here:
        served, stage = await here.visit(ITEM, PayView=paying(here))
        assert served.ending is Ending.SERVED, served
        assert stage.names()[-8:] == [
            "FormView", "WorkingView", "ReviewView", "PayView", "WorkingView", "DeliverView", "RateView", "GoodbyeView",
        ]  # fmt: skip
        assert books(here) == {f"{served.visit}-P1": "paid"}
        kinds = here.kinds(served.visit)
        assert kinds.index("PayIntent") < kinds.index("PayCreated") < kinds.index("Paid") < kinds.index("SubmitIntent")


async def test_left_unpaid_the_order_is_closed(place):
    async with place(pay_wait=0.3) as here:
        served, stage = await here.visit(ITEM)
        assert (served.ending, served.code) == (Ending.FAULT, "payment.expired")
        assert books(here) == {f"{served.visit}-P1": "closed"}
        assert stage.last(views.ApologyView).text.key == "fault.payment.expired.next"


async def test_an_answer_that_comes_as_time_runs_out_does_not_keep_the_citizen(place, monkeypatch):
    async with place(pay_wait=0.3) as here:
        query = here.desk.payments.query

        async def late(order):
            """Answers in the very moment it is cancelled, as an exchange does whose reply is just in."""
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                answer = await query(order)
                put_off()
                return answer

        monkeypatch.setattr(here.desk.payments, "query", late)
        async with asyncio.timeout(10):
            served, _ = await here.visit(ITEM)
        assert served.code == "payment.expired"
        assert books(here) == {f"{served.visit}-P1": "closed"}


async def test_back_closes_the_order_and_a_second_try_has_a_second_number(place):
    async with place() as here:
        tries = []

        def pay(view):
            if view.state == "choose":
                return {"method": "wechat"}
            if view.state == "qr":
                tries.append(view.order_no)
                if len(tries) == 1:
                    return Back
                here.sandbox.pay(view.order_no)
            return None

        served, _ = await here.visit(ITEM, PayView=pay)
        assert served.ending is Ending.SERVED
        assert books(here) == {f"{served.visit}-P1": "closed", f"{served.visit}-P2": "paid"}


async def test_paid_in_the_moment_of_leaving_the_money_goes_back(place):
    async with place() as here:

        def pay(view):
            if view.state == "choose":
                return {"method": "wechat"}
            if view.state == "qr":
                here.sandbox.pay(view.order_no)
                return Leave
            return None

        served, _ = await here.visit(ITEM, PayView=pay)
        assert served.ending is Ending.LEFT
        assert books(here) == {f"{served.visit}-P1": "refunded"}
        assert here.kinds(served.visit)[-3:] == ["RefundIntent", "Refunded", "VisitEnded"]


async def test_money_comes_back_if_the_department_sleeps(place):
    async with place() as here:

        def pay(view):
            if view.state == "qr":
                here.sandbox.pay(view.order_no)
                here.sandbox.switch("psb-tms", "asleep")
            return choose_or_wait(view)

        served, stage = await here.visit(ITEM, PayView=pay)
        assert (served.ending, served.code) == (Ending.FAULT, "backoffice.asleep")
        assert books(here) == {f"{served.visit}-P1": "refunded"}
        said = [note.key for note in stage.last(views.ApologyView).notes]
        assert said == ["refund.done", "apology.slip"]


async def test_an_unknown_payment_says_do_not_pay_again_and_puts_the_number_on_paper(place, state):
    async with place(pay_wait=0.3) as here:

        def pay(view):
            if view.state == "qr":
                here.sandbox.switch("pay", "asleep")
            return choose_or_wait(view)

        served, stage = await here.visit(ITEM, PayView=pay)
        assert (served.ending, served.code) == (Ending.FAULT, "payment.unknown")
        apology = stage.last(views.ApologyView)
        assert apology.order_no == f"{served.visit}-P1"
        assert [note.key for note in apology.notes] == ["apology.slip"]
        assert "PayUnknown" in here.kinds(served.visit)
        assert any(served.visit in str(one) for one in here.desk.journal.unsettled())
    assert len(list((state / "receipts").rglob("*.png"))) == 1


async def test_a_lost_reply_is_asked_again_and_done_once(place):
    async with place() as here:

        def pay(view):
            if view.state == "qr":
                here.sandbox.pay(view.order_no)
                here.sandbox.switch("psb-tms", "lost_reply", times=1)
            return choose_or_wait(view)

        served, _ = await here.visit(ITEM, PayView=pay)
        assert served.ending is Ending.SERVED
        assert books(here) == {f"{served.visit}-P1": "paid"}


async def test_a_refund_that_gets_no_answer_is_said_to_be_on_its_way(place):
    async with place() as here:

        def the_world(view):
            if isinstance(view, views.PayView) and view.state == "qr":
                here.sandbox.pay(view.order_no)
            if isinstance(view, views.WorkingView) and view.title.key == "submit.working":
                here.sandbox.switch("psb-tms", "asleep")
                here.sandbox.switch("pay", "asleep")

        served, stage = await here.visit(ITEM, on_view=the_world, PayView=choose_or_wait)
        assert served.ending is Ending.FAULT
        assert [note.key for note in stage.last(views.ApologyView).notes] == ["refund.pending", "apology.slip"]
        assert "RefundUnknown" in here.kinds(served.visit)
        assert any(served.visit in str(one) for one in here.desk.journal.unsettled())
