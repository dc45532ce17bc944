"""J1 to J9 of RELIABILITY §3, whatever happens in whatever order: visits, phones, lost replies, cuts of the power, restarts."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from till import FINE, Plug, Till

from kiosk.flow import views
from kiosk.flow.refund import refund_number
from kiosk.flow.settle import settle
from kiosk.flow.stage import Back, Leave
from kiosk.flow.visit import Ending
from kiosk.journal.unsettled import Open
from kiosk.model import events
from kiosk.testing.stage import ScriptedStage

METHODS = st.sampled_from(["wechat", "alipay"])
PHONE = st.sampled_from(["at the QR", "at the QR", "at the QR", "while closing", "never"])
WISHES = st.lists(st.sampled_from(["wait", "back", "leave"]), max_size=2)
MISDEEDS = st.sampled_from(
    ["none", "none", "none", "asleep", "lost_reply", "error_500", "html", "stale", "duplicate", "cut", "other_amount", "other_person"]
)
MOODS = st.lists(st.sampled_from(["does", "does", "loses", "unheard", "refuses", "sleeps"]), max_size=2)
CUTS = st.one_of(st.none(), st.none(), st.tuples(st.integers(1, 10), st.booleans()))
# What may be said when nobody knows, or when nothing is taken: never that a payment "failed" (J4).
SAID = {"payment.unknown", "payment.expired", "payment.asleep", "payment.mismatch", "backoffice.unknown", "backoffice.asleep"}
UNSURE = {events.PayUnknown: "payment.unknown", events.SubmitUnknown: "backoffice.unknown"}


class Money(RuleBasedStateMachine):
    """One kiosk, its gateway and its department over many visits and starts."""

    sandbox = None  # given by the test

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.place = tempfile.TemporaryDirectory()
        self.dead = False  # the power is gone: only a start is possible
        self.may_take_money = True
        self.created_after = {}  # order → how the gateway had the order of the same visit before it, when it was made

    @initialize()
    def opens(self):
        self.sandbox.reset()
        self.till = Till(Path(self.place.name) / "journal.db", f"{self.sandbox.url}/pay")

    def teardown(self):
        if hasattr(self, "till"):
            self.sandbox.switch("pay", "none")
            self.starts("none", 0)
            self.the_end()
            self.loop.run_until_complete(self.till.close())
        self.loop.close()
        self.place.cleanup()

    # --- what happens ---

    @precondition(lambda self: self.may_take_money and not self.dead)  # J5
    @rule(method=METHODS, phone=PHONE, wishes=WISHES, misdeed=MISDEEDS, when=st.sampled_from(["choose", "qr", "confirming"]),
          times=st.integers(1, 4), moods=MOODS, cut=CUTS)  # fmt: skip
    def somebody_pays(self, method, phone, wishes, misdeed, when, times, moods, cut):
        wishes, self.till.bureau.moods = list(wishes), list(moods)
        plug = Plug(at=cut[0], before=cut[1]) if cut else Plug()

        def answer(view):
            if view.state == "choose":
                return {"method": method}
            wish = wishes.pop(0) if wishes else "wait"
            return {"wait": None, "back": Back, "leave": Leave}[wish]

        def world(view):
            if not isinstance(view, views.PayView):
                return
            if view.state == when and misdeed != "none":
                self.sandbox.switch("pay", misdeed, times=times)
            if view.state == "qr":
                self._made(view.order_no)
            if view.order_no and view.state == {"at the QR": "qr", "while closing": "confirming"}.get(phone):
                self.sandbox.pay(view.order_no)

        stage = ScriptedStage(FINE.id, PayView=answer)
        stage.on_view = world
        id, ending = self.loop.run_until_complete(self.till.visit(stage, plug))
        self.dead = plug.pulled
        assert (ending is None) == plug.pulled and ending is not Ending.BUG
        self.sandbox.switch("pay", "none")
        self._said(id, stage)

    @rule(which=st.integers(0, 7))
    def a_phone_pays_late(self, which):
        """A QR that was photographed: whoever pays it after the visit."""
        orders = self.sandbox.orders()
        if orders:
            self.sandbox.pay(orders[-1 - which % len(orders)]["order_no"])

    @rule(misdeed=MISDEEDS, times=st.integers(1, 3))
    def starts(self, misdeed, times):
        """A start, and one round of settling with a gateway in this mood."""
        self.till.restart()
        self.dead = False
        if misdeed != "none":
            self.sandbox.switch("pay", misdeed, times=times)
        settled = self.loop.run_until_complete(settle(self.till.journal, self.till.gateway))
        self.sandbox.switch("pay", "none")
        self.may_take_money = settled.may_take_money
        if settled.may_take_money:
            # J5: every order of before was asked about: none is left that somebody could still pay.
            assert "waiting" not in {order["state"] for order in self.sandbox.orders()}
            assert {one.what for one in settled.open} <= {Open.ORDER, Open.SUBMISSION}
            sent = {one.visit for one in settled.open if one.what is Open.SUBMISSION}
            assert all(one.visit in sent for one in settled.open), "only what a department may have done is left for people"

    # --- what holds, always ---

    @invariant()
    def the_promises_hold(self):
        if not hasattr(self, "till"):
            return
        journal = list(self.till.journal.read())
        orders = {order["order_no"]: order for order in self.sandbox.orders()}
        intents = {event.order_no: event for event in journal if isinstance(event, events.PayIntent)}
        named = {one.visit for one in self.till.journal.unsettled()}
        refunds = {event.refund_no for event in journal if isinstance(event, events.RefundIntent)}
        keys = {event.key for event in journal if isinstance(event, events.SubmitIntent)}
        for number, order in orders.items():
            # J1 with J9: nothing is out there whose intent is not in the journal, under a number that follows from it.
            assert number in intents and intents[number].amount_fen == order["amount_fen"]
            assert not order["refunds"] or order["refund_no"] in refunds
            assert not order["refunds"] or order["refund_no"] == refund_number(number)
            # J7: twice is once.
            assert order["payments"] <= 1 and order["refunds"] <= order["payments"]
            # J3 and J6: what was paid was served or went back, or is open by name.
            ours, served = order["payments"] - order["refunds"], self.till.served(number)
            assert ours == int(served) or intents[number].visit in named, (order, served)
            assert not (served and order["refunds"]), "given and given back"
        assert set(self.till.bureau.deeds) <= keys
        assert all(key == f"{intents[number].visit}-S" for key, number in self.till.bureau.deeds.items())
        # J2: a second number only after the gateway had closed the first.
        assert all(state in ("closed", "refunded") for state in self.created_after.values()), self.created_after
        # J7: what is told twice is entered once.
        twice = Counter((type(event), event.order_no) for event in journal if isinstance(event, (events.Paid, events.Refunded)))
        assert all(count == 1 for count in twice.values()), twice

    def the_end(self):
        """All is well again and everybody was asked: the books agree to the fen (J8), only W5 is left."""
        journal = list(self.till.journal.read())
        paid = sum(event.amount_fen for event in journal if isinstance(event, events.Paid))
        back = sum(event.amount_fen for event in journal if isinstance(event, events.Refunded))
        books = self.sandbox.ledger()
        assert (paid, back) == (books["paid_fen"], books["refunded_fen"])
        left = self.till.journal.unsettled()
        served = len(self.till.bureau.deeds) * FINE.fee.fen
        undone = sum(one.amount_fen for one in left if one.what is Open.ORDER and not self.till.served(one.number))
        assert paid - back == served + undone
        assert {one.visit for one in left if one.what is Open.ORDER} <= {one.visit for one in left if one.what is Open.SUBMISSION}

    def _made(self, number):
        visit, _, attempt = number.rpartition("-P")
        if int(attempt) > 1:
            states = {order["order_no"]: order["state"] for order in self.sandbox.orders()}
            self.created_after[number] = states.get(f"{visit}-P{int(attempt) - 1}", "closed")

    def _said(self, id, stage):
        """J4: what nobody knows is said to be unknown, with its number, and never to have failed."""
        said = [view for view in stage.seen if isinstance(view, views.ApologyView)]
        assert {view.code for view in said} <= SAID | {"backoffice.refused.already_paid", "payment.returned"}
        kinds = {type(event) for event in self.till.journal.read() if event.visit == id}
        for kind, code in UNSURE.items():
            if kind in kinds and not self.dead:
                assert said[-1].code == code
                assert said[-1].order_no.startswith(id)


@pytest.mark.timeout(120)
def test_the_promises_of_money_hold(the_sandbox):
    Money.sandbox = the_sandbox
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=45, stateful_step_count=7, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
        ),
    )
