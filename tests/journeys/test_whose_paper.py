"""Nobody gets another's paper: two visits a second apart, a slow printer, a department that mixes people up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pypdfium2
import pytest

from kiosk.backoffice import Adapter, Reply, Request
from kiosk.devices.lane import Lane
from kiosk.flow import views
from kiosk.flow.day import serve
from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.steps.deliver import Deliver
from kiosk.flow.visit import Ending, visit
from kiosk.model.item import Output
from kiosk.model.person import Person
from kiosk.model.session import Session
from kiosk.testing.printer import HER, HIM
from kiosk.testing.stage import ScriptedStage

ITEM = "hrss-insurance-cert"


def pages(state: Path) -> list[str]:
    """What can be read on the A4 pages that came out."""
    found = []
    for pdf in sorted((state / "documents").glob("out/*.pdf")):
        with pypdfium2.PdfDocument(pdf) as document:
            found.append("".join(page.get_textpage().get_text_bounded() for page in document))
    return found


def slips(state: Path) -> int:
    return len(list((state / "receipts").glob("*.png")))


def spooled(state: Path) -> list[Path]:
    return [path for path in (state / "documents" / "spool").glob("*") if path.is_file()]


@contextmanager
def held(lane: Lane) -> Iterator[threading.Event]:
    """The printer's driver hangs in a call that nobody can end, until the event is set."""
    go = threading.Event()
    lane._truth_within = 0.1
    waiting = asyncio.ensure_future(lane.run(lambda: go.wait(60)))
    try:
        yield go
    finally:
        go.set()
        waiting.add_done_callback(lambda done: done.exception())


@pytest.mark.parametrize("role", ["documents", "receipts"])
async def test_a_job_that_hung_never_comes_out_in_the_next_visit(place, state, role):
    """The first visit gives up; the printer wakes up in the middle of the second one, which has begun right behind it."""
    async with place(print_wait=3.0, purge_wait=0.1) as here:
        with held(here.desk.devices[role].lane) as go:
            first, stage = await here.visit(ITEM)
            assert first.ending is Ending.SERVED
            states = [sheet.state for sheet in stage.last(views.DeliverView).sheets]
            assert states == (["failed", "done"] if role == "documents" else ["done", "failed"])
            assert [event.code for event in here.events(first.visit) if type(event).__name__ == "PrintFailed"] == ["device.stuck"]
            assert spooled(state) == []

            before = (len(pages(state)), slips(state))
            here.desk.timing = replace(here.desk.timing, print_wait=30.0)
            here.simulator("id_card").lift_card()
            here.simulator("id_card").put_card("c02")

            def wake(view):
                if isinstance(view, views.DeliverView):
                    go.set()

            second, stage = await here.visit(ITEM, on_view=wake)
            assert second.ending is Ending.SERVED, (second, stage.names())
            assert [sheet.state for sheet in stage.last(views.DeliverView).sheets] == ["done", "done"]
            await asyncio.to_thread(here.desk.devices[role].lane._pool.submit(int).result)  # all that waited there is through
    assert (len(pages(state)), slips(state)) == (before[0] + 1, before[1] + 1)
    assert [path.stem for path in (state / "documents").glob(f"out/{second.visit}*")] == [f"{second.visit}-C1"]
    if role == "documents":
        assert "王小明" not in pages(state)[0]
    assert spooled(state) == []


async def test_a_page_that_takes_too_long_is_taken_back(place, state):
    async with place(print_wait=0.2) as here:
        here.desk.devices["documents"]._seconds = 60.0
        served, stage = await here.visit(ITEM)
        assert served.ending is Ending.SERVED
        shown = stage.last(views.DeliverView)
        assert [sheet.state for sheet in shown.sheets] == ["failed", "done"]
        assert [event.code for event in here.events(served.visit) if type(event).__name__ == "PrintFailed"] == ["document_printer.unknown"]
    assert pages(state) == [] and spooled(state) == []


@dataclass
class MixedUp(Adapter):
    """A department whose page came out of the wrong folder."""

    real: Adapter
    holder: dict[str, str]

    @property
    def operations(self) -> frozenset[str]:  # type: ignore[override]
        return self.real.operations

    async def call(self, request: Request) -> Reply:
        reply = await self.real.call(request)
        return replace(reply, data={**reply.data, "document": {**request.reply["document"], "holder": self.holder}})

    async def close(self) -> None:
        await self.real.close()


async def test_a_page_in_another_name_is_not_printed(place, state):
    async with place() as here:
        seals = MixedUp(here.desk.departments["ESEAL"], {"姓名": HIM.name + "二", "公民身份号码": HER.id_number})
        here.desk.departments = {**here.desk.departments, "ESEAL": seals}
        served, stage = await here.visit(ITEM)
        shown = stage.last(views.DeliverView)
        assert [sheet.state for sheet in shown.sheets] == ["failed", "done"]
        assert shown.note.key == "fault.paper.wrong_holder"
        assert [event.code for event in here.events(served.visit) if type(event).__name__ == "PrintFailed"] == ["paper.wrong_holder"]
    assert pages(state) == [] and spooled(state) == []


@dataclass(frozen=True)
class Becomes(Step):
    """A step that puts another person into the session, as a wrong one might."""

    person: Person
    name: ClassVar[str] = "becomes"
    phase: ClassVar[Phase] = Phase.ASK

    async def run(self, session: Session, desk: Desk) -> Session:
        return replace(session, person=self.person)


async def test_a_second_person_in_the_visit_ends_it_without_paper(place, state):
    async with place() as here:
        item = next(one for one in here.items if one.id == "household-same-name")
        id = await here.desk.journal.begin(item.id)
        here.desk.stage = ScriptedStage(item.id)
        session = Session(visit=id, item=item)
        here.desk.door.open(session.nonce)
        steps = (Becomes(person=HER), Becomes(person=HIM), Deliver(outputs=(Output(document="receipt"),)))
        ending, _, code = await visit(session, steps, here.desk)
        assert (ending, code) == (Ending.FAULT, "identity.person_changed")
        here.desk.door.forget()  # as the day does when the citizen goes
        served, stage = await here.visit("household-same-name")
        assert served.ending is Ending.SERVED
        assert [sheet.state for sheet in stage.last(views.DeliverView).sheets] == ["done"]
    assert slips(state) == 1


async def test_two_matters_of_one_visit_are_printed_under_two_nonces(place, state):
    async with place() as here:
        item = next(one for one in here.items if one.id == ITEM)
        stages = [ScriptedStage(ITEM), ScriptedStage(ITEM)]
        here.desk.stage = stages[0]
        _, first = await serve(item, here.desk, None)
        here.desk.stage = stages[1]
        _, second = await serve(item, here.desk, first)
        assert first.nonce != second.nonce
        assert first.person == second.person
        assert [[sheet.state for sheet in stage.last(views.DeliverView).sheets] for stage in stages] == [["done", "done"]] * 2
    assert len(pages(state)) == 2 and slips(state) == 2
