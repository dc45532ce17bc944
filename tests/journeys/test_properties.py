"""Random answers, Back, Leave and faults against whole visits: the promises hold whatever happens."""

from __future__ import annotations

import asyncio
import io
import re
from contextlib import AsyncExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import log
from kiosk.flow import views
from kiosk.flow.stage import Back, Leave
from kiosk.flow.visit import Ending
from kiosk.model import events
from kiosk.people import citizens
from kiosk.testing.counter import QUICK, attend, counter, faces
from kiosk.testing.counter import settings as counter_settings
from kiosk.testing.stage import ScriptedStage

ITEMS = ("hrss-insurance-cert", "traffic-fine-pay", "household-same-name")
WISHES = st.sampled_from(["go", "go", "go", "go", "go", "back", "leave"])
FAULTS = st.sampled_from(["", "", "asleep", "html", "lost_reply", "error_500", "truncated", "other_person"])
WHERE = st.sampled_from(["psb-tms", "hrss", "psb-pop", "pay", "eval"])
WHEN = st.sampled_from(["FormView", "ReviewView", "PayView", "WorkingView", "DeliverView", "RateView"])
PERSONAL = {word for one in citizens().values() for word in (one.card.name, one.card.id_number, one.card.address)} | {"王伟"}


class Visitor:
    """A citizen of many minds: each screen that asks gets the next wish; `go` for ever after the last one."""

    def __init__(self, wishes, fault, where, when, pays, sandbox):
        self.wishes, self.fault, self.where, self.when = list(wishes), fault, where, when
        self.pays, self.sandbox = pays, sandbox

    def stage(self, item):
        names = [name for name in vars(views) if name.endswith("View") and name not in ("View", "AttractView", "HomeView", "ItemView")]
        return ScriptedStage(item, **dict.fromkeys(names, self.answer))

    def answer(self, view):
        name = type(view).__name__
        if self.fault and name == self.when:
            self.sandbox.switch(self.where, self.fault, times=3)
            self.fault = ""
        if isinstance(view, views.PayView) and view.state == "qr" and self.pays:
            self.sandbox.pay(view.order_no)
        wish = self.wishes.pop(0) if self.wishes else "go"
        if wish == "back" and view.can_back:
            return Back
        if wish == "leave" and view.can_leave:
            return Leave
        return ScriptedStage(name)._natural(view)


@pytest.fixture(scope="module")
def shop(the_sandbox, tmp_path_factory):
    """One open counter for all examples: only the stage and the promises are new each time."""
    loop = asyncio.new_event_loop()
    stack = AsyncExitStack()
    taken = counter_settings(the_sandbox.url, tmp_path_factory.mktemp("shop"))
    lines = io.StringIO()
    log.configure(lines, level=0)
    desk = loop.run_until_complete(stack.enter_async_context(counter(taken, room=faces(True), timing=QUICK)))
    yield loop, desk, taken, lines
    loop.run_until_complete(stack.aclose())
    loop.close()
    log.configure()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    item=st.sampled_from(ITEMS), wishes=st.lists(WISHES, max_size=8), fault=FAULTS, where=WHERE, when=WHEN, pays=st.booleans()
)  # fmt: skip
def test_promises_hold(shop, the_sandbox, item, wishes, fault, where, when, pays):
    loop, desk, taken, lines = shop
    the_sandbox.reset()
    reader = desk.devices["id_card"].simulator
    reader.lift_card()
    reader.put_card("c02")
    stage = Visitor(wishes, fault, where, when, pays, the_sandbox).stage(item)
    served = loop.run_until_complete(attend(desk, stage, taken))
    the_sandbox.switch("*", "none")

    rows = list(desk.journal.read())  # refuses a broken chain
    mine = [row for row in rows if row.visit == served.visit]
    kinds = [type(row) for row in mine]
    after = [kind for kind in kinds if kind is not events.CardLeft]  # a card that is still there is told behind the end
    assert kinds[0] is events.VisitStarted and after[-1] is events.VisitEnded
    assert served.ending is not Ending.BUG, served

    # Whoever gave a card is told to take it.
    if events.CardRead in kinds:
        assert "card" in {tile.id for tile in stage.last(views.GoodbyeView).take}

    # Money taken iff served or refunded; what is neither is unsettled and says so.
    for order in the_sandbox.orders():
        if not order["order_no"].startswith(served.visit):
            continue
        open_end = any(served.visit in str(one) for one in desk.journal.unsettled())
        if order["state"] == "paid":
            assert served.ending is Ending.SERVED or open_end, (served, order)
        if served.ending is Ending.SERVED and not open_end:
            assert order["state"] in ("paid", "closed")
        assert order["state"] != "waiting" or open_end
        assert order["payments"] <= 1

    # Intent before deed.
    for intent, deed in ((events.PayIntent, events.Paid), (events.SubmitIntent, events.Submitted), (events.PrintIntent, events.Printed)):
        if deed in kinds:
            assert kinds.index(intent) < kinds.index(deed)

    # No personal word in journal or log.
    written = " ".join(repr(row) for row in mine) + lines.getvalue()
    assert not [word for word in PERSONAL if word in written]
    assert not re.search(r"\b\d{17}[\dXx]\b", written)
    lines.truncate(0)
    lines.seek(0)
