"""A key in place of the hand: what is declared, that it takes two presses, and who may not."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.flow.stage import Back
from kiosk.flow.steps.signature import Signature
from kiosk.flow.views import DeclareView, SignatureView
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Assurance, Input, InputType, Item, Kind, Proof
from kiosk.model.person import Person
from kiosk.model.session import Session
from kiosk.people import citizens
from kiosk.testing.stage import ScriptedStage

BY_KEYS = {"by": "keys"}
MOMENT = datetime.fromisoformat("2026-11-27T09:30:00+08:00")


class Rows(list[Any]):
    async def write(self, row: Any) -> None:
        self.append(row)


def desk(stage: ScriptedStage) -> Any:
    return SimpleNamespace(ask=stage.ask, journal=Rows(), now=lambda: MOMENT)


def session(person: Person | None, *, by_hand: bool = False) -> Session:
    item = Item(
        id="test", department="ps-traffic", kind=Kind.APPLICATION, assurance=Assurance.NONE, operation="T.t", unit="test",
        inputs=(
            Input(name="why", type=InputType.TEXT),
            Input(name="other", type=InputType.TEXT, when={"why": ("never",)}),
            Input(name="signed", type=InputType.SIGNATURE, by_hand=by_hand),
        ),
    )  # fmt: skip
    way = (Proof.ID_CARD, Proof.FACE)
    return Session(visit="XM0001-TEST-000001", item=item, way=way, person=person, answers={"why": "搬家", "other": "from before"})


PERSON = citizens()["c01"].card


async def test_two_presses_make_a_declaration_about_what_was_reviewed() -> None:
    stage = ScriptedStage("", SignatureView=BY_KEYS)
    here = desk(stage)
    done = await Signature(input="signed").run(session(PERSON), here)
    assert done.answers["signed"] == "keys"
    told = json.loads(done.files["signed"][0])
    assert "以按键确认代替手写签名" in told.pop("statement")
    assert told == {
        "name": PERSON.name,
        "id_number": PERSON.masked_number,
        "item": "test",
        "made_at": "2026-11-27T09:30:00+08:00",
        "known_by": "id_card+face",
        "sha256": hashlib.sha256('{"why":"搬家"}'.encode()).hexdigest(),
    }
    assert [view.state for view in stage.seen if isinstance(view, DeclareView)] == ["read", "sure"]
    assert here.journal == [events.DeclaredByKeys(visit=done.visit, item="test", way="id_card+face")]
    assert PERSON.id_number not in str(done.files), "the request says whose it is"


async def test_one_press_is_none_and_back_leads_to_the_sheet() -> None:
    drawn = {"strokes": "100,500 300,200 500,700"}
    stage = ScriptedStage("", SignatureView=[BY_KEYS, drawn], DeclareView=[{}, Back, Back])
    here = desk(stage)
    done = await Signature(input="signed").run(session(PERSON), here)
    assert [view.state for view in stage.seen if isinstance(view, DeclareView)] == ["read", "sure", "read"]
    assert done.answers["signed"] == "hand" and done.files["signed"][0].startswith(b"\x89PNG")
    assert here.journal == []


@pytest.mark.parametrize(("person", "by_hand"), [(PERSON, True), (None, False)])
async def test_where_a_hand_is_insisted_on_or_nobody_is_known_a_key_is_refused(person: Person | None, by_hand: bool) -> None:
    stage = ScriptedStage("", SignatureView=BY_KEYS)
    with pytest.raises(Fault) as caught:
        await Signature(input="signed").run(session(person, by_hand=by_hand), desk(stage))
    assert (caught.value.code, caught.value.remedy) == ("signature.by_hand", Remedy.RETRY)
    assert not any(isinstance(view, DeclareView) for view in stage.seen)
    text: Any = stage.last(SignatureView).text
    assert (text.key == "item.test.signed.by_hand") == by_hand, "the reason stands on the sheet"
