"""A call for help climbs on and ends, even where an answer comes in the very moment in which the waiting is over."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.flow.call import Call
from kiosk.flow.ladder import Place
from kiosk.flow.stage import HelpCall
from kiosk.late import put_off
from kiosk.model.faults import Fault, Remedy

LONG = 20.0  # seconds: by then it never comes
PLACE = Place(visit="", view="FormView", item="", language="zh_Hans")


class LateCounter:
    """What was under way is answered, whoever calls it off: finished work wins over a late wish, as in `kiosk.http`."""

    def __init__(self, says: str = "ringing") -> None:
        self.says = says
        self.told: list[str] = []
        self.over = asyncio.Event()

    async def tell(self, ring: Any, event: str) -> str:
        self.told.append(event)
        if event == "over":
            self.over.set()
            return ""
        try:
            await asyncio.sleep(0.3)
        except asyncio.CancelledError:
            put_off()
        return self.says


class Journal:
    """As the real one: what is being written is written to its end."""

    async def call(self, *_: Any, **__: Any) -> str:
        return "XM0001-0-H"

    async def write(self, event: Any) -> None:
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            put_off()


async def unreached(request: Any) -> Any:
    raise Fault("backoffice.asleep", Remedy.LATER)


def rung(counter: LateCounter, wait: float) -> tuple[Call, list[HelpCall]]:
    shown: list[HelpCall] = []
    means = SimpleNamespace(
        settings=SimpleNamespace(wait=wait, officer=0, sound=False),
        station="XM0001",
        counter=counter,
        sounds=SimpleNamespace(audible=False),
        journal=Journal(),
        poll=60.0,  # between two questions: who is called off does not wait for the next
        stays=60.0,
        ask=unreached,
    )
    return Call(means, lambda: PLACE, shown.append), shown  # type: ignore[arg-type]


async def stands(call: Call, state: str) -> None:
    async with asyncio.timeout(LONG):
        while call.now.state != state:
            await asyncio.sleep(0.01)


async def test_nobody_came_although_the_counter_answered_just_then() -> None:
    counter = LateCounter()
    call, shown = rung(counter, wait=0.1)
    call.wish("call")
    await stands(call, "left")
    assert [one.state for one in shown] == ["calling", "left"] and counter.told[-1] == "over"


@pytest.mark.parametrize("says", ["ringing", "coming"])
@pytest.mark.parametrize("wish", ["cancel", "came"])
async def test_a_call_is_over_at_once_although_the_counter_answered_just_then(wish: str, says: str) -> None:
    counter = LateCounter(says)
    call, shown = rung(counter, wait=600)
    call.wish("call")
    async with asyncio.timeout(LONG):
        while not counter.told:
            await asyncio.sleep(0)
        call.wish(wish)
        await counter.over.wait()
    await asyncio.sleep(0.05)  # what nobody cut off would show itself by now
    assert [one.state for one in shown] == ["calling", ""], "nobody is called any more, whatever came in"
    assert counter.told == ["call", "over"]


async def test_a_call_that_follows_at_once_is_another_one() -> None:
    counter = LateCounter("coming")
    call, shown = rung(counter, wait=600)
    for wish in ("call", "cancel", "call"):
        call.wish(wish)
    await stands(call, "coming")
    assert [one.state for one in shown] == ["calling", "", "calling", "coming"]


async def test_the_time_that_is_left_stands_still_while_somebody_is_called_and_goes_on_then() -> None:
    call, _ = rung(LateCounter(), wait=600)
    now = asyncio.get_running_loop().time
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(LONG) as bound, call.patient(0.2):
            call.wish("call")
            await asyncio.sleep(0.5)  # longer than there was
            began = now()
            call.wish("cancel")
            await asyncio.sleep(LONG)
    assert not bound.expired() and now() - began >= 0.1, "what was left, not nothing"


async def test_a_call_for_help_in_the_moment_of_a_time_limit_changes_nothing_about_it() -> None:
    call, shown = rung(LateCounter(), wait=600)
    with pytest.raises(TimeoutError):
        async with call.patient(0.01):
            try:
                await asyncio.sleep(LONG)
            finally:
                call.wish("call")
    assert [one.state for one in shown] == ["calling"]
    await call.close()
