"""F-17: on the battery nothing new is paid, what is under way is finished; about to end, a visit ends in order and nobody new is served."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from kiosk import app
from kiosk.devices.power.simulated import PowerSimulator
from kiosk.flow import views
from kiosk.flow.mains import PowerGone
from kiosk.flow.powered import DARK
from kiosk.flow.visit import Ending
from kiosk.journal import Journal, station_keys
from kiosk.testing.counter import QUICK, attend, settings
from kiosk.testing.stage import ScriptedStage

PAID = "traffic-fine-pay"
PATIENCE = 60.0


async def so(true):
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.01)


async def test_on_the_battery_an_item_that_costs_money_says_why_and_the_others_work(place):
    async with place() as here:
        here.simulator("power").cut_mains()
        await so(lambda: here.desk.mains.on_battery)
        shelves = app.shelves(here.taken)
        tiles = {tile.id: tile for tile in shelves.home(here.desk).items}
        assert tiles[PAID].why.key == "item.why.power"
        served, _ = await here.visit("household-same-name")
        assert served.ending is Ending.SERVED
        here.simulator("power").restore_mains()
        await so(lambda: not here.desk.mains.on_battery)
        assert next(tile for tile in shelves.home(here.desk).items if tile.id == PAID).available


class Careful(ScriptedStage):
    """Somebody who touches nothing before `so` is so, on the views of `on`."""

    on: type = views.PayView

    def __init__(self, item, true):
        super().__init__(item)
        self.true = true

    async def ask(self, view):
        self.on_view(view)
        if isinstance(view, self.on):
            await so(self.true)
        return await super().ask(view)


@pytest.mark.parametrize("on", [views.ReviewView, views.PayView], ids=["before the methods", "while they stand there"])
async def test_a_payment_that_was_not_begun_is_not_begun(place, on):
    async with place() as here:
        stage = Careful(PAID, lambda: here.desk.mains.on_battery)
        stage.on = on
        stage.on_view = lambda view: here.simulator("power").cut_mains() if isinstance(view, on) else here.happens(view)
        served = await attend(here.desk, stage, here.taken)
        assert (served.ending, served.code) == (Ending.FAULT, "payment.no_power")
        assert "PayIntent" not in here.kinds(served.visit)
        assert stage.last(views.ApologyView).title.key == "fault.payment.no_power"


async def test_a_payment_under_way_is_finished(place):
    async with place() as here:

        def pay(view):
            if view.state == "qr":
                here.simulator("power").cut_mains()
                here.sandbox.pay(view.order_no)
            return {"method": "wechat"} if view.state == "choose" else None

        served, _ = await here.visit(PAID, PayView=pay)
        assert served.ending is Ending.SERVED
        assert {"Paid", "Printed"} <= set(here.kinds(served.visit))


def opened(sandbox, state, **timing):
    """(what one serving process does, its stage, its desk once it is open)"""
    stage, desks = ScriptedStage("household-same-name"), []
    task = asyncio.create_task(
        app.one_visit(settings(sandbox.url, state), stage, timing=replace(QUICK, **timing), meet=desks.append),
    )
    return task, stage, desks


async def test_a_battery_about_to_end_ends_a_terminal_that_waits(sandbox, state):
    task, stage, desks = opened(sandbox, state)
    stage._script["AttractView"] = None  # nobody touches it
    await so(lambda: any(isinstance(view, views.AttractView) for view in stage.seen))
    desks[0].devices["power"].simulator.drain_battery()
    desks[0].devices["power"].simulator.cut_mains()
    with pytest.raises(PowerGone):
        await asyncio.wait_for(task, PATIENCE)
    assert stage.seen[-1] == DARK


async def test_a_visit_gets_its_time_and_what_was_paid_goes_back(sandbox, state):
    task, stage, desks = opened(sandbox, state, power_grace=0.3)
    stage.item = PAID
    orders = []

    def pay(view):
        if view.state == "qr" and not orders:
            orders.append(view.order_no)
            sandbox.switch("psb-tms", "hang")
            sandbox.pay(view.order_no)
            desks[0].devices["power"].simulator.drain_battery()
            desks[0].devices["power"].simulator.cut_mains()
        return {"method": "wechat"} if view.state == "choose" else None

    stage._script["PayView"] = pay
    with pytest.raises(PowerGone):
        await asyncio.wait_for(task, PATIENCE)
    sandbox.switch("psb-tms", "none")
    kinds = [type(row).__name__ for row in _read(state)]
    assert kinds[-1] == "VisitEnded" and "Paid" in kinds
    assert "RefundIntent" in kinds or "SubmitIntent" in kinds, "given back, or left for a person as what a department may have done"


async def test_a_start_in_the_dark_waits_for_the_mains(sandbox, state):
    upsd = PowerSimulator()
    upsd.start()
    try:
        upsd.drain_battery()
        upsd.cut_mains()
        stage = ScriptedStage("household-same-name")
        taken = settings(sandbox.url, state, devices__power__wire=upsd.wire)
        task = asyncio.create_task(app.one_visit(taken, stage, timing=QUICK))
        await so(lambda: DARK in stage.seen)
        assert not any(isinstance(view, views.AttractView) for view in stage.seen)
        upsd.restore_mains()
        served = await asyncio.wait_for(task, PATIENCE)
        assert served.ending is Ending.SERVED
    finally:
        upsd.stop()


async def test_without_a_ups_all_is_as_before(sandbox, state):
    taken = settings(sandbox.url, state)
    devices = {role: table for role, table in taken.devices.items() if role != "power"}
    visit = app.one_visit(replace(taken, devices=devices), ScriptedStage("household-same-name"), timing=QUICK)
    served = await asyncio.wait_for(visit, PATIENCE)
    assert served.ending is Ending.SERVED


def _read(state):
    journal = Journal.open(state / "journal.db", "XM0001", station_keys(state))
    try:
        return list(journal.read())
    finally:
        journal.close()
