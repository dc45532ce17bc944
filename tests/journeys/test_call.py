"""A call for a person's help from the glass, on real wires: the counter, a remote officer, a message; the visit goes on."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime

import pytest
import requests

from kiosk import levers
from kiosk.flow import views
from kiosk.flow.visit import Ending
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.zone import CHINA
from kiosk.people import citizens
from kiosk.testing.counter import attend
from kiosk.testing.stage import ScriptedStage
from kiosk.world.sandbox import HelpersPart

ITEM = "hrss-insurance-cert"  # reads a card: there is somebody to say nothing of
LONG = 60.0  # seconds: by then it never comes
CALL_EVENTS = (
    events.VolunteerCalled,
    events.VolunteerAnswered,
    events.OfficerAdvised,
    events.VolunteerCallEnded,
    events.HelpLeft,
)


class AtTheForm(ScriptedStage):
    """A citizen who stays at the form until `go_on`, and presses what the test presses in the sheet of the help."""

    def __init__(self):
        super().__init__(ITEM)
        self.there, self.goes_on, self.changed = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.on_call = lambda call: self.changed.set()

    async def ask(self, view):
        if isinstance(view, views.FormView) and not self.goes_on.is_set():
            self.show(view)
            self.there.set()
            await self.goes_on.wait()
        return await super().ask(view)

    def press(self, wish):
        self.listener.help(wish)

    async def until(self, state, times=1):
        """The call stands so. Every state is remembered: what has passed meanwhile counts, too."""
        async with asyncio.timeout(LONG):
            while [call.state for call in self.calls].count(state) < times:
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture(autouse=True)
def clerk(sandbox):
    """The invented clerk and officer have the day off: a test answers at their pages, or nobody does."""
    sandbox.counter("nobody")
    sandbox.officer("nobody")
    yield
    sandbox.counter("coming")
    sandbox.officer("yes")


@pytest.fixture
def form(place):
    """`async with form(wait=0.5) as (here, stage, leave): …`; `await leave()` fills the form in, and tells how the visit ended."""

    @asynccontextmanager
    async def opened(*, changed=None, stays=180.0, **volunteer):
        async with place(help_poll=0.02, help_stays=stays, changed=changed) as here:
            here.desk.volunteer = replace(here.desk.volunteer, **{"officer": 0.5, **volunteer})
            stage = AtTheForm()
            stage.on_view = here.happens
            visit = asyncio.create_task(attend(here.desk, stage, here.taken))
            there = asyncio.create_task(stage.there.wait())
            await asyncio.wait({visit, there}, return_when=asyncio.FIRST_COMPLETED)
            assert stage.there.is_set(), await visit  # it ended before the form: how, says this

            async def leave():
                stage.goes_on.set()
                return await visit

            yield here, stage, leave
            await leave()
            here.rows = [event for event in here.desk.journal.read() if isinstance(event, CALL_EVENTS)]

    return opened


def kept(here):
    """What the journal held of calls in the end, without their numbers."""
    return [(type(row).__name__, *(vars(row)[name] for name in ("answer", "why", "told") if hasattr(row, name))) for row in here.rows]


async def at_the_page(sandbox, page, word, **form):
    """Somebody sits at the page in a browser and presses a button as soon as there is one."""

    def sit():
        ends = time.monotonic() + LONG
        while time.monotonic() < ends:
            text = requests.get(f"{sandbox.url}{page}", timeout=10).text
            if f"/{word}'" in text:
                press = next(part for part in text.split("'") if part.startswith(page) and part.endswith(f"/{word}"))
                return requests.post(sandbox.url + press, data=form, timeout=10).status_code
            time.sleep(0.05)
        raise AssertionError(f"there was never anything to press at {page}")

    return await asyncio.to_thread(sit)


async def test_the_clerk_says_coming_at_the_counter_and_the_visit_goes_on(form, sandbox):
    async with form() as (here, stage, leave):
        stage.press("call")
        stage.press("call")  # twice is once
        assert await at_the_page(sandbox, "/desk/counter", "coming") == 200
        await stage.until("coming")
        stage.press("came")
        served = await leave()
    assert served.ending is Ending.SERVED
    assert [call.state for call in stage.calls] == ["calling", "coming", ""]
    (call,) = sandbox.calls()["calls"]
    assert (call["station"], call["view"], call["item"], call["state"]) == ("XM0001", "FormView", ITEM, "coming")
    assert {row.visit for row in here.rows} == {served.visit}
    assert here.rows[1].call == here.rows[2].call == call["number"]
    assert kept(here)[1:] == [("VolunteerAnswered", "coming"), ("VolunteerCallEnded", "came")]


async def test_what_the_counter_is_told_holds_nothing_of_the_person(form, sandbox, tmp_path):
    (tmp_path / "secret").write_text("of the counter\n")
    async with form(changed={"volunteer.secret_file": str(tmp_path / "secret")}) as (_, stage, leave):
        stage.press("call")
        await at_the_page(sandbox, "/desk/counter", "coming")
        await stage.until("coming")
        await leave()
    letters, card = sandbox.calls()["letters"], citizens()["c01"].card
    assert {json.loads(letter["body"])["event"] for letter in letters} == {"call", "ask"}
    for letter in letters:
        told = json.loads(letter["body"])
        assert set(told) - {"msgtype", "text"} == {"event", "call", "station", "view", "item", "language", "at", "wait"}
        for canary in (card.name, card.id_number, card.id_number[:6], card.id_number[6:14], card.id_number[-4:]):
            assert canary not in letter["body"].replace(told["at"], "").replace(told["call"], "")
        signed = hmac.new(b"of the counter", f"{letter['moment']}.{letter['body']}".encode(), hashlib.sha256).hexdigest()
        assert letter["signature"] == f"sha256={signed}"


async def test_nobody_at_the_counter_and_no_officer_leaves_a_message_and_tells_the_counter(form, sandbox):
    async with form(wait=1) as (here, stage, leave):
        stage.press("call")
        await stage.until("left")
        assert (await leave()).ending is Ending.SERVED
    assert [call.state for call in stage.calls] == ["calling", "officer", "left", ""]
    assert kept(here)[1] == ("VolunteerAnswered", "nobody")
    left = next(call for call in stage.calls if call.state == "left")
    assert left.number.startswith("LY") and left.owner == "便民服务站运维组"
    assert date.fromisoformat(left.until) > datetime.now(CHINA).date()
    assert [call["state"] for call in sandbox.calls()["calls"]] == ["over"]


async def test_who_cannot_come_is_not_waited_for(form, sandbox):
    sandbox.counter("cannot")
    async with form(officer=0) as (here, stage, leave):
        stage.press("call")
        await stage.until("left")
        await leave()
    assert [call.state for call in stage.calls] == ["calling", "left", ""]
    assert kept(here)[1:] == [("VolunteerAnswered", "cannot"), ("HelpLeft", False)]


def board(sandbox):
    """What its owners read."""
    return requests.get(f"{sandbox.url}/desk/messages", timeout=10).text


async def test_the_message_stands_on_the_citys_board_once_however_often_is_called(form, sandbox):
    sandbox.counter("cannot")
    async with form(officer=0) as (here, stage, leave):
        stage.press("call")
        await stage.until("left")
        stage.press("call")  # once more: the same person, the same message
        await stage.until("left", times=2)
        await leave()
    first, second = (call for call in stage.calls if call.state == "left")
    assert first == second and first.number
    read, card = board(sandbox), citizens()["c01"].card
    assert first.number in read and read.count("有人请店员帮忙") == 1 and "XM0001" in read
    assert not any(canary in read for canary in (card.name, card.id_number, card.id_number[6:14]))
    assert {row.board_no for row in here.rows if isinstance(row, events.HelpLeft)} == {first.number}


@pytest.mark.parametrize(("fault", "number"), [("asleep", False), ("html", False), ("lost_reply", True)])
async def test_a_board_that_cannot_be_reached_has_no_number_and_a_lost_answer_has_the_first(form, sandbox, fault, number):
    sandbox.counter("cannot")
    sandbox.switch("city", fault, **({"times": 1} if number else {}))
    async with form(officer=0) as (here, stage, leave):
        stage.press("call")
        await stage.until("left")
        await leave()
    left = next(call for call in stage.calls if call.state == "left")
    (row,) = (row for row in here.rows if isinstance(row, events.HelpLeft))
    assert bool(left.number) is number and row.board_no == left.number, "in the journal it stands in any case"
    if number:
        assert board(sandbox).count("有人请店员帮忙") == 1


async def test_how_a_call_went_is_one_row(form, sandbox):
    sandbox.counter("cannot")
    async with form(officer=0) as (here, stage, leave):
        stage.press("call")
        await stage.until("left")
        stage.press("call")
        stage.press("cancel")
        await leave()
        went = [event for event in here.desk.journal.read() if isinstance(event, events.CallClimbed)]
    assert [(row.rung, row.outcome) for row in went] == [("message", "left"), ("counter", "cancel")]
    assert all(0 <= row.seconds < LONG for row in went) and all(type(row).telemetry for row in went)


async def test_an_officer_writes_back_and_it_is_read_at_the_glass(form, sandbox):
    sandbox.counter("cannot")
    async with form(officer=60) as (here, stage, leave):
        stage.press("call")
        assert await at_the_page(sandbox, "/desk/help", "answer", text="请按“下一步”。\n" + "好" * 300) == 200
        await stage.until("answered")
        stage.press("seen")
        assert (await leave()).ending is Ending.SERVED
    said = next(call.answer for call in stage.calls if call.state == "answered")
    assert said.startswith("请按“下一步”。 好") and len(said) == 200
    assert [call.state for call in stage.calls] == ["calling", "officer", "answered", ""]
    assert kept(here)[1:] == [("VolunteerAnswered", "cannot"), ("OfficerAdvised",)]
    (asked,) = sandbox.helped()
    assert (asked["station"], asked["view"], asked["item"], asked["language"]) == ("XM0001", "FormView", ITEM, "zh_Hans")


async def test_what_no_officer_answers_stays_at_their_desk_as_a_message(form, sandbox):
    sandbox.counter("cannot")
    async with form(officer=1) as (here, stage, leave):
        stage.press("call")
        await stage.until("left")
        stage.press("call")  # once more is another call
        await asyncio.to_thread(lambda: [None for _ in iter(lambda: len(sandbox.helped()), 2)])
        stage.press("cancel")
        await leave()
    assert [asked["state"] for asked in sandbox.helped()] == ["left", "ended"]
    assert ("HelpLeft", True) in kept(here)
    assert "已留言" in requests.get(f"{sandbox.url}/desk/help", timeout=10).text


async def test_an_officers_desk_that_talks_nonsense_is_nobody(form, sandbox):
    sandbox.counter("cannot")
    async with form(officer=60) as (here, stage, leave):
        for times, fault in enumerate(("asleep", "html", "wrong_types", "null", "missing_field"), 1):
            sandbox.switch("officer", fault)
            stage.press("call")
            await stage.until("left", times)
        await leave()
    assert kept(here) == [("VolunteerCalled",), ("VolunteerAnswered", "cannot"), ("HelpLeft", False)] * 5


async def test_who_fetches_the_clerk_is_still_waited_for_at_the_reader(place):
    """The time to lay the card down stands still while the call runs, and goes on when it is over."""
    async with place(help_poll=0.02, card_wait=2.0) as here:
        here.desk.volunteer = replace(here.desk.volunteer, wait=3, officer=0)
        reader = here.simulator("id_card")
        reader.lift_card()
        stage = ScriptedStage(ITEM)
        stage.on_view = lambda view: (
            stage.listener.help("call") if isinstance(view, views.ReadCardView) and not stage.calls else here.happens(view)
        )
        stage.on_call = lambda call: reader.put_card("c01") if call.state == "left" else None
        served = await attend(here.desk, stage, here.taken)
    assert served.ending is Ending.SERVED
    assert [call.state for call in stage.calls][:2] == ["calling", "left"]
    assert "ApologyView" not in stage.names()


async def test_a_call_that_is_taken_back_is_taken_back_at_the_counter(form, sandbox):
    async with form() as (here, stage, leave):
        stage.press("call")
        await asyncio.to_thread(rings, sandbox)
        stage.press("cancel")
        assert stage.calls[-1].state == ""
        await leave()
    assert [call["state"] for call in sandbox.calls()["calls"]] == ["over"]
    assert kept(here)[1:] == [("VolunteerCallEnded", "cancel")]


def rings(sandbox):
    ends = time.monotonic() + LONG
    while not sandbox.calls()["calls"]:
        assert time.monotonic() < ends, "it never rang"
        time.sleep(0.05)


async def test_a_counter_that_nobody_can_talk_to_costs_no_minute_where_nobody_hears_the_loudspeaker(form, sandbox):
    async with form(sound=False, officer=0) as (here, stage, leave):
        for times, fault in enumerate(("asleep", "html", "truncated", "refuse_connection"), 1):
            sandbox.switch("counter", fault)
            stage.press("call")
            await stage.until("left", times)
        assert (await leave()).ending is Ending.SERVED
    assert kept(here) == [("VolunteerCalled",), ("VolunteerAnswered", "unreached"), ("HelpLeft", False)] * 4


async def test_a_loudspeaker_that_is_broken_has_called_nobody(form):
    """It looked well until it was to ring."""

    async def broken(sound):
        raise Fault("speaker.absent", Remedy.STAFF)

    async with form(changed={"volunteer.webhook": ""}, wait=600, officer=0) as (here, stage, leave):
        here.desk.devices["sound"].play = broken
        stage.press("call")
        await stage.until("left")
        await leave()
    assert kept(here)[1:] == [("VolunteerAnswered", "unreached"), ("HelpLeft", False)]


async def test_the_levers_beside_the_terminal_play_the_clerk_and_the_officer(form, sandbox):
    hands = HelpersPart(sandbox)

    async def stands(fact):
        async with asyncio.timeout(LONG):
            while not (found := (await asyncio.to_thread(hands.stands))[fact]):
                await asyncio.sleep(0.02)
            return found

    async with form(officer=60) as (here, stage, leave):
        for lever, comes, times in (("come", "coming", 1), ("cannot_come", "officer", 1)):
            stage.press("call")
            assert await stands("call") == sandbox.calls()["calls"][-1]["number"]
            await asyncio.to_thread(levers.pull, hands, lever)
            await stage.until(comes, times)
            if lever == "come":
                stage.press("came")
        assert await stands("help") == sandbox.helped()[-1]["help_no"]
        await asyncio.to_thread(levers.pull, hands, "write_back")
        await stage.until("answered")
        await leave()
    assert [row[1] for row in kept(here) if row[0] == "VolunteerAnswered"] == ["coming", "cannot"]


async def test_a_letter_that_was_lost_is_sent_again_and_is_the_same_call(form, sandbox):
    sandbox.switch("counter", "lost_reply", times=2)
    async with form() as (here, stage, leave):
        stage.press("call")
        await at_the_page(sandbox, "/desk/counter", "coming")
        await stage.until("coming")
        await leave()
    assert len(sandbox.calls()["calls"]) == 1
    assert kept(here)[1] == ("VolunteerAnswered", "coming")


async def test_without_a_webhook_the_loudspeaker_calls_alone(form):
    async with form(changed={"volunteer.webhook": ""}, wait=0.5, officer=0) as (here, stage, leave):
        assert here.desk.counter is None
        stage.press("call")
        await stage.until("left")
        await leave()
    assert kept(here)[1] == ("VolunteerAnswered", "nobody")


async def test_the_end_of_the_visit_leaves_the_counter_ringing(form, sandbox):
    async with form() as (here, stage, leave):
        stage.press("call")
        await asyncio.to_thread(rings, sandbox)
        assert (await leave()).ending is Ending.SERVED
    assert [call["state"] for call in sandbox.calls()["calls"]] == ["ringing"]
    assert kept(here)[-1] == ("VolunteerCallEnded", "visit_over")


async def test_who_has_begun_nothing_can_call_too(place, sandbox):
    """From the attract screen; and who comes next does not read what came of it."""
    sandbox.counter("cannot")
    async with place(help_poll=0.02) as here:
        here.desk.volunteer = replace(here.desk.volunteer, officer=0)
        stage = ScriptedStage(ITEM, HomeView=[{"back": ""}])
        left = asyncio.Event()
        stage.on_call = lambda call: left.set() if call.state == "left" else None

        async def waits(view, ask=stage.ask):
            if isinstance(view, views.AttractView) and not left.is_set():
                stage.listener.help("call")
                await left.wait()
            return await ask(view)

        stage.ask = waits
        stage.on_view = here.happens
        await attend(here.desk, stage, here.taken)
        assert [event.view for event in here.desk.journal.read() if isinstance(event, events.HelpLeft)] == ["AttractView"]
    assert stage.calls[-1].state == ""
