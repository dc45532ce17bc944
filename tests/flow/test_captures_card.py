"""A card is touched and written: what the citizen sees, what is on the card, and what becomes of a card that is lifted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.backoffice import Adapter, Reply, Request
from kiosk.devices.contactless_reader.simulated import ContactlessSimulator, SimulatedContactlessReader
from kiosk.devices.contactless_reader.simulated_card import code
from kiosk.flow.desk import Desk, Terminal
from kiosk.flow.stage import Back, Leave, View
from kiosk.flow.steps.touch_card import TouchCard
from kiosk.flow.steps.write_card import WriteCard
from kiosk.flow.views import ApologyView, TouchCardView
from kiosk.flow.visit import Ending, visit
from kiosk.journal import Journal
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Assurance, Input, InputType, Item, Kind
from kiosk.model.session import Session
from kiosk.model.words import Word
from kiosk.testing.counter import QUICK
from kiosk.testing.stage import ScriptedStage

CARD = "3104999900000000018"
ITEM = Item(
    id="test-topup",
    department="bus",
    kind=Kind.TOPUP,
    assurance=Assurance.NONE,
    operation="ECARD.createTopup",
    unit="test",
    inputs=(Input(name="card", type=InputType.NFC_CARD),),
    card_write="ECARD.write",
)
WHEN = bytes.fromhex("20261125100000")
TERMINAL = b"XM0001"


class PurseDepartment(Adapter):
    """Keeps one pending load of 50 yuan under the card's number and does it once, however often the card comes and goes."""

    operations = frozenset({"ECARD.write"})

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.sleeps = 0  # how many calls from now on find it asleep
        self.pending: int | None = 5000
        self.counter = b""  # of the card when the credit was sent

    async def call(self, request: Request) -> Reply:
        self.asked.append(request)
        if self.sleeps:
            self.sleeps -= 1
            raise Fault("backoffice.asleep", Remedy.LATER)
        answers = request.answers
        responses = [bytes.fromhex(one) for one in answers["responses"].split(",") if one]
        fen = (self.pending or 0).to_bytes(4, "big")
        if not responses:
            return self._say("00A4040008A000000632010105", "805000020B01" + (fen + TERMINAL).hex())
        last = responses[-1]
        if len(last) == 18 and last[-2:] == b"\x90\x00":  # INITIALIZE
            if self.counter and last[4:6] != self.counter:  # the credit before was done after all
                self.pending = None
                return self._done(int.from_bytes(last[:4], "big"))
            self.counter = last[4:6]
            mac = code(last[8:12], last[4:6], fen, b"\x02", TERMINAL, WHEN)
            return self._say("805200000B" + (WHEN + mac).hex())
        self.pending = None
        return self._done(6280)

    async def close(self) -> None:
        return

    def _say(self, *apdus: str) -> Reply:
        return Reply(operation="ECARD.write", data={"apdus": list(apdus), "done": False})

    def _done(self, balance: int) -> Reply:
        return Reply(operation="ECARD.write", data={"apdus": [], "done": True, "balance_fen": balance})


@asynccontextmanager
async def counter(folder: Path, **script: Any) -> AsyncIterator[tuple[Desk, ContactlessSimulator, PurseDepartment, ScriptedStage]]:
    reader, department, stage = SimulatedContactlessReader(), PurseDepartment(), ScriptedStage("", **{"TouchCardView": None, **script})
    await reader.open()
    assert reader.simulator is not None
    journal = Journal.open(folder / "journal.db", "XM0001")
    desk = Desk(
        stage=stage,
        devices={"contactless": reader},
        departments={"ECARD": department},
        payments=cast(Any, None),
        identity=cast(Any, None),
        journal=journal,
        terminal=Terminal(id="XM0001", name="…", place="…", hotline="0592-12345", demo=True),
        timing=replace(QUICK, card_poll=0.02, card_wait=1.0, submit_pause=0.01),
    )
    try:
        yield desk, reader.simulator, department, stage
    finally:
        await reader.close()
        journal.close()


async def session(desk: Desk, **answers: str) -> Session:
    return Session(visit=await desk.journal.begin("test-topup"), item=ITEM, answers=answers)


def states(stage: ScriptedStage) -> list[str]:
    """Of the TouchCardViews, repeats folded."""
    found: list[str] = []
    for view in stage.seen:
        if isinstance(view, TouchCardView) and found[-1:] != [view.state]:
            found.append(view.state)
    return found


async def test_a_touched_card_tells_its_number_and_its_balance(tmp_path: Path) -> None:
    async with counter(tmp_path) as (desk, plate, _, stage):
        stage.on_view = once("waiting", lambda: plate.put_card("e01"))
        done = await TouchCard(input="card").run(await session(desk, amount="5000"), desk)
    assert done.answers == {"amount": "5000", "card": CARD, "card_balance": "1280"}
    assert states(stage) == ["waiting", "reading"]


async def test_a_card_of_another_kind_is_told_so_until_the_right_one_lies_there(tmp_path: Path) -> None:
    async with counter(tmp_path) as (desk, plate, _, stage):
        stage.on_view = both(once("waiting", lambda: plate.put_card("bank_card")), once("again", lambda: plate.put_card("e01")))
        done = await TouchCard(input="card").run(await session(desk), desk)
        again = next(view for view in stage.seen if isinstance(view, TouchCardView) and view.state == "again")
    assert done.answers["card"] == CARD
    assert again.message == Word("fault.contactless_reader.unknown_card")


async def test_nobody_waits_for_ever(tmp_path: Path) -> None:
    async with counter(tmp_path) as (desk, _, _, _):
        with pytest.raises(Fault) as caught:
            await TouchCard(input="card").run(await session(desk), desk)
    assert (caught.value.code, caught.value.remedy) == ("contactless_reader.no_card", Remedy.RETRY)


async def test_back_leads_back(tmp_path: Path) -> None:
    async with counter(tmp_path, TouchCardView=Back) as (desk, _, _, _):
        with pytest.raises(Back):
            await TouchCard(input="card").run(await session(desk), desk)


async def test_a_card_is_written_and_the_new_balance_is_in_the_reply(tmp_path: Path) -> None:
    async with counter(tmp_path) as (desk, plate, department, stage):
        plate.put_card("e01")
        begun = replace(await session(desk, card=CARD), reply={"case_no": "E1"})
        done = await WriteCard().run(begun, desk)
        assert plate.cards["e01"].balance == 6280
        assert [one for one in desk.journal.unsettled() if one.what.value == "submission"] == []
    assert done.reply == {"case_no": "E1", "balance_fen": 6280}
    assert [one.key for one in department.asked] == [f"{begun.visit}-W{number}" for number in (1, 2, 3)]
    assert [one.answers["write_no"] for one in department.asked] == ["1", "1", "1"]
    assert department.asked[2].answers["responses"].endswith("9000")
    writing = stage.last(TouchCardView)
    assert writing.state == "writing" and not writing.can_leave and not writing.can_back


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_card_that_was_lifted_is_asked_for_again_and_charged_once(tmp_path: Path, when: str) -> None:
    async with counter(tmp_path) as (desk, plate, department, stage):
        plate.put_card("e01")
        plate.lift_during_write(when)
        stage.on_view = once("again", lambda: plate.put_card("e01"))
        done = await WriteCard().run(await session(desk, card=CARD), desk)
        assert plate.cards["e01"].balance == 6280
    assert done.reply["balance_fen"] == 6280
    assert states(stage) == ["waiting", "writing", "again", "writing"]
    assert [one.answers["write_no"] for one in department.asked][-1] == "2"
    keys = [one.key for one in department.asked]
    assert len(keys) == len(set(keys)), "no key is used for two different questions"


async def test_another_card_is_not_written(tmp_path: Path) -> None:
    async with counter(tmp_path) as (desk, plate, _, stage):
        plate.put_card("e02")
        stage.on_view = once("again", lambda: plate.put_card("e01"))
        await WriteCard().run(await session(desk, card=CARD), desk)
        assert plate.cards["e02"].balance == 90
        again = next(view for view in stage.seen if isinstance(view, TouchCardView) and view.state == "again")
    assert again.message == Word("write_card.other_card", number="0018")


async def test_a_department_that_sleeps_a_moment_is_asked_again_with_the_same_key(tmp_path: Path) -> None:
    async with counter(tmp_path) as (desk, plate, department, _):
        plate.put_card("e01")
        department.sleeps = 1
        await WriteCard().run(await session(desk, card=CARD), desk)
        assert plate.cards["e01"].balance == 6280
    assert department.asked[0].key == department.asked[1].key


def sleeps(desk: Desk, plate: ContactlessSimulator, department: PurseDepartment) -> None:
    department.sleeps = 99


def unplugs(desk: Desk, plate: ContactlessSimulator, department: PurseDepartment) -> None:
    plate.unplug()


def lifts(desk: Desk, plate: ContactlessSimulator, department: PurseDepartment) -> None:
    plate.lift_card()


def leaves(desk: Desk, plate: ContactlessSimulator, department: PurseDepartment) -> None:
    plate.lift_card()
    cast(ScriptedStage, desk.stage)._script["TouchCardView"] = Leave


@pytest.mark.parametrize("trouble", [sleeps, unplugs, lifts, leaves])
async def test_what_is_not_on_the_card_stays_with_the_department_and_is_told(tmp_path: Path, trouble: Callable[..., None]) -> None:
    async with counter(tmp_path) as (desk, plate, department, stage):
        plate.put_card("e01")
        trouble(desk, plate, department)
        ending, ended, fault = await visit(await session(desk, card=CARD), (WriteCard(),), desk)
        assert plate.cards["e01"].balance == 1280
        assert department.pending == 5000
        assert any(one.number == f"{ended.visit}-W" for one in desk.journal.unsettled()), "somebody can see that it is open"
    assert (ending, fault) == (Ending.FAULT, "contactless_reader.write_pending")
    assert stage.last(ApologyView).title == Word("fault.contactless_reader.write_pending")


async def test_a_department_without_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with counter(tmp_path) as (desk, plate, department, _):
        plate.put_card("e01")
        monkeypatch.setattr(department, "_done", lambda balance: department._say("805C000204"))
        with pytest.raises(Fault, match="write_pending"):
            await WriteCard().run(await session(desk, card=CARD), desk)
    assert len(department.asked) == 12


def once(state: str, do: Callable[[], None]) -> Callable[[View], None]:
    """What the hand does when the screen first says so."""
    done: list[bool] = []

    def see(view: View) -> None:
        if isinstance(view, TouchCardView) and view.state == state and not done:
            done.append(True)
            do()

    return see


def both(*hands: Callable[[View], None]) -> Callable[[View], None]:
    def see(view: View) -> None:
        for hand in hands:
            hand(view)

    return see
