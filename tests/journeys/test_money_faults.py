"""F-46 to F-49 of RELIABILITY §5, each with the screen a citizen gets and the books at the end."""

from __future__ import annotations

import asyncio
import types

import pytest

from kiosk import i18n
from kiosk.flow import views
from kiosk.flow.settle import settle
from kiosk.flow.stage import Back, Leave
from kiosk.flow.steps import pay as pay_step
from kiosk.flow.visit import Ending
from kiosk.late import put_off
from kiosk.model.words import Word
from kiosk.payments import OrderState
from kiosk.testing.counter import attend
from kiosk.testing.stage import ScriptedStage

ITEM = "traffic-fine-pay"
METHODS = pytest.mark.parametrize("method", ["wechat", "alipay"])


def choosing(method="wechat", at_qr=None):
    """Chooses a wallet and looks at the QR; `at_qr` is what the citizen presses there."""
    return lambda view: {"method": method} if view.state == "choose" else at_qr


def world(on):
    """`on`: what happens when the payment stands like this on the glass, or when the department is asked."""

    def look(view):
        if isinstance(view, views.PayView) and (view.order_no or view.state == "choose"):
            on.get(view.state, lambda view: None)(view)
        if isinstance(view, views.WorkingView) and getattr(view.title, "key", "") == "submit.working":
            on.get("submit", lambda view: None)(view)

    return look


def books(here):
    return {order["order_no"]: order["state"] for order in here.sandbox.orders()}


def said(stage):
    """What the apology says, as it stands on the glass."""
    view = stage.last(views.ApologyView)
    return view, " ".join(i18n.say(text, "zh_Hans") for text in (view.title, view.text, *view.notes))


def something_else_too():
    """After the visit the citizen looks at the services once more."""
    return {"GoodbyeView": [{"more": "yes"}, {}], "HomeView": [{"item": ITEM}, Leave]}


def offered(stage):
    """Why the item could not be had, each time the services were shown; "" = it could."""
    homes = [view for view in stage.seen if isinstance(view, views.HomeView)]
    return [tile.why for view in homes for tile in view.items if tile.id == ITEM]


# --- F-46 ---


@METHODS
async def test_paid_in_the_last_moment_is_paid(place, method):
    async with place(pay_wait=0.3) as here:
        pays = world({"confirming": lambda view: here.sandbox.pay(view.order_no)})
        served, stage = await here.visit(ITEM, on_view=pays, PayView=choosing(method))
        assert served.ending is Ending.SERVED
        assert books(here) == {f"{served.visit}-P1": "paid"}
        states = [view.state for view in stage.seen if isinstance(view, views.PayView)]
        assert states[-2:] == ["qr", "confirming"] and "ApologyView" not in stage.names()
        assert "PayClosed" not in here.kinds(served.visit)


@METHODS
async def test_paid_after_leaving_but_before_the_closing_goes_back(place, method):
    async with place() as here:
        pays = world({"confirming": lambda view: here.sandbox.pay(view.order_no)})
        served, _ = await here.visit(ITEM, on_view=pays, PayView=choosing(method, Leave))
        assert served.ending is Ending.LEFT
        assert books(here) == {f"{served.visit}-P1": "refunded"}


async def test_what_the_wallet_gave_back_by_itself_is_said(place, monkeypatch):
    async with place(pay_wait=0.2) as here:

        async def cancelled(order):
            return OrderState.REFUNDED

        monkeypatch.setattr(here.desk.payments, "close_order", cancelled)
        served, stage = await here.visit(ITEM, PayView=choosing("alipay"))
        view, words = said(stage)
        assert (served.code, view.code) == ("payment.returned", "payment.returned")
        assert "原路退回" in words
        assert here.kinds(served.visit)[-2:] == ["PayClosed", "VisitEnded"]


# --- F-47 ---


@METHODS
async def test_a_result_nobody_knows_is_said_so_with_its_number_on_paper(place, state, method):
    async with place(pay_wait=0.3) as here:
        falls_asleep = world({"qr": lambda view: here.sandbox.switch("pay", "asleep")})
        served, stage = await here.visit(ITEM, on_view=falls_asleep, PayView=choosing(method), **something_else_too())
        view, words = said(stage)
        assert view.order_no == f"{served.visit}-P1"
        assert "正在确认" in words and "不要重复付款" in words and "失败" not in words
        assert len(list((state / "receipts").rglob("*.png"))) == 1
        assert offered(stage) == ["", Word("item.why.settling")], "nobody is led into paying twice"
        # The gateway wakes, the photographed QR is paid: the next start gives it back.
        here.sandbox.switch("pay", "none")
        assert here.sandbox.pay(view.order_no)
        assert (await settle(here.desk.journal, here.desk.payments)).may_take_money
        assert books(here) == {view.order_no: "refunded"}


# --- F-48 ---


@METHODS
async def test_refused_after_paying_the_money_is_back_before_the_citizen_reads_it(place, method):
    async with place() as here:
        pays = {"qr": lambda view: here.sandbox.pay(view.order_no), "submit": lambda view: here.sandbox.switch("psb-tms", "asleep")}
        served, stage = await here.visit(ITEM, on_view=world(pays), PayView=choosing(method))
        _, words = said(stage)
        assert books(here) == {f"{served.visit}-P1": "refunded"}
        assert "已退款 ¥" in words and f"{served.visit}-P1" in words
        kinds = here.kinds(served.visit)
        assert kinds.index("SubmitRefused") < kinds.index("RefundIntent") < kinds.index("Refunded")


@pytest.mark.parametrize("misdeed", ["error_500", "lost_reply", "other_amount"])
async def test_a_refund_without_an_answer_is_under_way_and_one_refund_in_the_end(place, misdeed):
    async with place() as here:

        def breaks(view):
            here.sandbox.switch("psb-tms", "asleep")
            here.sandbox.switch("pay", misdeed)

        pays = {"qr": lambda view: here.sandbox.pay(view.order_no), "submit": breaks}
        served, stage = await here.visit(ITEM, on_view=world(pays), PayView=choosing())
        _, words = said(stage)
        assert "正在处理" in words and "请勿重复付款" in words and "失败" not in words
        assert "RefundUnknown" in here.kinds(served.visit)
        here.sandbox.switch("pay", "none")
        assert (await settle(here.desk.journal, here.desk.payments)).open == ()
        (order,) = here.sandbox.orders()
        assert (order["state"], order["refunds"], order["refund_no"]) == ("refunded", 1, f"{served.visit}-R1")


# --- F-49 ---


@pytest.mark.parametrize("misdeed", ["other_amount", "other_person"])
async def test_an_answer_about_other_money_stops_the_taking_of_money(place, misdeed):
    async with place() as here:
        mixes_up = world({"qr": lambda view: here.sandbox.switch("pay", misdeed)})
        served, stage = await here.visit(ITEM, on_view=mixes_up, PayView=choosing(), **something_else_too())
        view, words = said(stage)
        assert (served.code, view.code) == ("payment.mismatch", "payment.mismatch")
        assert "暂停收款" in words and "不要再付款" in words
        assert offered(stage) == ["", Word("item.why.settling")]
        assert not (await settle(here.desk.journal, here.desk.payments)).may_take_money, "nor does the next start"
        here.sandbox.switch("pay", "none")
        assert (await settle(here.desk.journal, here.desk.payments)).open == ()
        assert books(here) == {f"{served.visit}-P1": "closed"}


async def test_the_qr_of_another_order_is_never_shown(place):
    async with place() as here:
        mixes_up = world({"choose": lambda view: here.sandbox.switch("pay", "other_person", times=1)})
        served, stage = await here.visit(ITEM, on_view=mixes_up, PayView=choosing())
        assert served.code == "payment.mismatch"
        assert not [view for view in stage.seen if isinstance(view, views.PayView) and view.qr]
        assert books(here) == {f"{served.visit}-P1": "closed"}


async def test_one_qr_is_alive_at_a_time_whatever_wallets_are_tried(place):
    async with place() as here:
        tried, alive = [], []

        def pays(view):
            if view.state == "choose":
                return {"method": ("wechat", "alipay", "wechat")[len(tried)]}
            tried.append(view.order_no)
            alive.append(sum(state == "waiting" for state in books(here).values()))
            if len(tried) < 3:
                return Back
            assert [here.sandbox.pay(order_no) for order_no in tried] == [False, False, True], "two apps, one payment"
            return None

        served, _ = await here.visit(ITEM, PayView=pays)
        assert served.ending is Ending.SERVED and alive == [1, 1, 1]
        assert list(books(here).values()) == ["closed", "closed", "paid"]


# --- the glass while it waits ---


async def test_back_in_the_moment_an_answer_comes_stays_back(place, monkeypatch):
    async with place(pay_wait=60) as here:
        query, asked, chosen = here.desk.payments.query, asyncio.Event(), []

        async def late(order):
            """Says "not paid" in the very moment it is cancelled, as an exchange does whose reply is just in."""
            asked.set()
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                answer = await query(order)
                put_off()
                return answer

        class Citizen(ScriptedStage):
            async def ask(self, view):
                if isinstance(view, views.PayView) and view.state == "qr":
                    await asked.wait()
                    raise Back
                return await super().ask(view)

        def pays(view):
            chosen.append(view.state)
            return {"method": "wechat"} if len(chosen) == 1 else Leave

        monkeypatch.setattr(here.desk.payments, "query", late)
        async with asyncio.timeout(20):
            served = await attend(here.desk, stage := Citizen(ITEM, PayView=pays), here.taken)
        assert chosen == ["choose", "choose"], "back at the choice of wallets"
        assert served.ending is Ending.LEFT and "ApologyView" not in stage.names()
        assert books(here) == {f"{served.visit}-P1": "closed"}


@pytest.mark.parametrize(("method", "first", "every"), [("wechat", 2, 2), ("alipay", 5, 4)])
async def test_a_wallet_is_asked_as_often_as_its_rules_say(place, monkeypatch, method, first, every):
    async with place(pay_poll=2.0, pay_wait=60) as here:
        naps = []

        async def nap(seconds):
            naps.append(seconds)
            if len(naps) == 4:
                here.sandbox.pay(here.sandbox.orders()[0]["order_no"])

        hurried = types.SimpleNamespace(**{name: getattr(asyncio, name) for name in asyncio.__all__} | {"sleep": nap})
        monkeypatch.setattr(pay_step, "asyncio", hurried)
        served, _ = await here.visit(ITEM, PayView=choosing(method))
        assert served.ending is Ending.SERVED
        assert naps == [first, every, every, every]
        assert first >= 2 and 2 <= every <= 5
