"""What the citizen gives as a picture: a portrait, pages, a signature. Devices are simulated on their wires; the glass is scripted."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from kiosk.app import FaceRoom
from kiosk.devices.camera.simulated import SimulatedCamera
from kiosk.devices.device import Device
from kiosk.devices.document_camera.simulated import SimulatedDocumentCamera
from kiosk.devices.lane import Lane
from kiosk.flow import signature
from kiosk.flow.desk import Desk, Terminal
from kiosk.flow.stage import Back
from kiosk.flow.steps.photo import Photo
from kiosk.flow.steps.scan import Scan, framed
from kiosk.flow.steps.signature import Signature
from kiosk.flow.views import PhotoView, ScanView, SignatureView
from kiosk.identity import Look, Picture
from kiosk.identity.pad_none import NoPad
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Assurance, Input, InputType, Item, Kind
from kiosk.model.session import Session
from kiosk.model.words import Word
from kiosk.testing.counter import QUICK, AnyPhoto, GivenVerdicts
from kiosk.testing.stage import ScriptedStage

ITEM = Item(
    id="test",
    department="ps-household",
    kind=Kind.APPLICATION,
    assurance=Assurance.NONE,
    operation="PSB-POP.test",
    unit="test",
    inputs=(
        Input(name="photo", type=InputType.PHOTO),
        Input(name="proof", type=InputType.SCAN, max=3, when={"kind": ("rent",)}),
        Input(name="signed", type=InputType.SIGNATURE),
    ),
)


class Hints(GivenVerdicts):
    """A verifier that finds this wrong with one frame after another, then nothing more."""

    def __init__(self, *hints: str) -> None:
        super().__init__()
        self.hints = list(hints)

    def look(self, frame: Picture) -> Look:
        return Look(hint=self.hints.pop(0) if self.hints else "")


@asynccontextmanager
async def counter(stage: ScriptedStage, devices: dict[str, Device], verifier: GivenVerdicts | None = None) -> AsyncIterator[Desk]:
    room = FaceRoom(verifier=verifier or Hints(), decoder=AnyPhoto(), pad=NoPad(), lane=Lane("face"))
    nothing = cast(Any, None)
    for device in devices.values():
        await device.open()
    yield Desk(
        stage=stage,
        devices=devices,
        departments={},
        payments=nothing,
        identity=room,
        journal=nothing,
        terminal=Terminal(id="XM0001", name="…", place="…", hotline="0592-12345", demo=True),
        timing=replace(QUICK, face_wait=2.0),
    )
    for device in devices.values():
        await device.close()
    room.lane.close()


def session(**answers: str) -> Session:
    return Session(visit="XM0001-TEST-000001", item=ITEM, answers=answers)


def size(picture: bytes, kind: str) -> tuple[int, int]:
    opened = Image.open(io.BytesIO(picture))
    assert opened.format == kind
    return opened.size


# --- a portrait


async def test_a_good_face_is_photographed_by_itself_and_kept_by_the_citizen() -> None:
    stage = ScriptedStage("")
    async with counter(stage, {"face_camera": SimulatedCamera(citizen="c01")}) as desk:
        done = await Photo(input="photo").run(session(), desk)
    assert done.answers["photo"] == "1"
    (jpeg,) = done.files["photo"]
    assert size(jpeg, "JPEG") == (384, 480)
    assert [view.state for view in stage.seen if isinstance(view, PhotoView)][-1] == "review"
    assert stage.preview is None, "nobody's picture stays on the glass"


async def test_what_is_wrong_is_said_and_a_turned_face_begins_anew() -> None:
    verifier, stage = Hints("far", "", "", "turned", "blurred"), ScriptedStage("")
    async with counter(stage, {"face_camera": SimulatedCamera(citizen="c01")}, verifier) as desk:
        await Photo(input="photo").run(session(), desk)
    hints = [view.hint.key for view in stage.seen if isinstance(view, PhotoView) and isinstance(view.hint, Word)]
    steady = "photo.steady"
    assert hints == ["face.hint.far", steady, steady, "face.hint.turned", "face.hint.blurred", steady, steady]


async def test_in_review_the_glass_shows_the_very_picture_that_is_sent() -> None:
    stage = ScriptedStage("")
    seen: list[np.ndarray] = []

    def look(view: object) -> None:
        if isinstance(view, PhotoView) and view.state == "review":
            assert stage.preview is not None
            picture = stage.preview.copy_to(None)
            assert picture is not None
            seen.append(picture)

    stage.on_view = look
    async with counter(stage, {"face_camera": SimulatedCamera(citizen="c02")}) as desk:
        done = await Photo(input="photo").run(session(), desk)
    sent = np.asarray(Image.open(io.BytesIO(done.files["photo"][0])))[:, :, ::-1]
    assert np.abs(sent.astype(int) - seen[0]).mean() < 4


@pytest.mark.parametrize("wish", [{"photo": "again"}, Back])
async def test_another_one_is_taken_as_often_as_the_citizen_wants(wish: Any) -> None:
    stage = ScriptedStage("", PhotoView=[None, wish, None, wish, None, {"photo": "keep"}])
    async with counter(stage, {"face_camera": SimulatedCamera(citizen="c01")}) as desk:
        done = await Photo(input="photo").run(session(), desk)
    assert len(done.files["photo"]) == 1
    folded = [view.state for view in stage.seen if isinstance(view, PhotoView)]
    assert folded.count("review") == 3


async def test_without_a_good_face_it_ends_with_a_word() -> None:
    class Never(Hints):
        def look(self, frame: Picture) -> Look:
            return Look(hint="none")

    async with counter(ScriptedStage(""), {"face_camera": SimulatedCamera()}, Never()) as desk:
        with pytest.raises(Fault) as caught:
            await Photo(input="photo").run(session(), desk)
    assert (caught.value.code, caught.value.remedy) == ("camera.no_portrait", Remedy.RETRY)


async def test_the_cameras_fault_is_the_steps_fault() -> None:
    camera = SimulatedCamera(citizen="c01")
    stage = ScriptedStage("")
    assert camera.simulator is not None
    hand = camera.simulator
    stage.on_view = lambda view: hand.unplug()
    async with counter(stage, {"face_camera": camera}) as desk:
        with pytest.raises(Fault, match=r"camera\.absent"):
            await Photo(input="photo").run(session(), desk)


# --- pages


async def test_a_page_is_scanned() -> None:
    stage = ScriptedStage("")
    async with counter(stage, {"pages": SimulatedDocumentCamera(paper="lease")}) as desk:
        done = await Scan(input="proof").run(session(kind="rent"), desk)
    assert done.answers == {"kind": "rent", "proof": "1"}
    width, height = size(done.files["proof"][0], "JPEG")
    assert height / width == pytest.approx(1.4, abs=0.1)
    assert stage.preview is None


async def test_several_pages_and_one_of_them_again() -> None:
    camera, stage = SimulatedDocumentCamera(paper="lease"), ScriptedStage("")
    desk_of_papers = camera.simulator
    assert desk_of_papers is not None
    wishes = ["again", "next", "next", "done"]

    def answer(view: ScanView) -> dict[str, str]:
        if view.state == "looking":
            desk_of_papers.lay_page(["lease", "proof", "diploma"][view.page - 1])
            return {"scan": "take"}
        return {"scan": wishes.pop(0)}

    stage._script["ScanView"] = answer
    async with counter(stage, {"pages": camera}) as desk:
        done = await Scan(input="proof").run(session(kind="rent"), desk)
    assert done.answers["proof"] == "3"
    assert len(set(done.files["proof"])) == 3
    assert [view.page for view in stage.seen if isinstance(view, ScanView) and view.state == "review"] == [1, 1, 2, 3]
    assert {view.most for view in stage.seen if isinstance(view, ScanView)} == {3}


async def test_it_ends_with_the_last_page_there_may_be() -> None:
    stage = ScriptedStage("", ScanView=lambda view: {"scan": "take"} if view.state == "looking" else {"scan": "next"})
    async with counter(stage, {"pages": SimulatedDocumentCamera(paper="lease")}) as desk:
        done = await Scan(input="proof").run(session(kind="rent"), desk)
    assert done.answers["proof"] == "3"


async def test_half_a_page_is_no_page_and_what_to_do_is_said() -> None:
    camera, stage = SimulatedDocumentCamera(), ScriptedStage("")
    hand = camera.simulator
    assert hand is not None
    takes: list[str] = []

    def answer(view: ScanView) -> dict[str, str]:
        if view.state == "looking":
            takes.append(getattr(view.message, "key", ""))
            if len(takes) == 2:
                hand.lay_page("lease")
            return {"scan": "take"}
        return {"scan": "done"}

    stage._script["ScanView"] = answer
    async with counter(stage, {"pages": camera}) as desk:
        done = await Scan(input="proof").run(session(kind="rent"), desk)
    assert takes == ["", "scan.no_page"]
    assert done.answers["proof"] == "1"


async def test_a_page_with_glare_may_be_kept_but_is_told() -> None:
    camera, stage = SimulatedDocumentCamera(paper="lease"), ScriptedStage("")
    assert camera.simulator is not None
    camera.simulator.glare()
    async with counter(stage, {"pages": camera}) as desk:
        done = await Scan(input="proof").run(session(kind="rent"), desk)
    assert done.answers["proof"] == "1"
    assert stage.last(ScanView).hint == Word("scan.hint.glare")


async def test_while_it_lies_there_what_is_wrong_is_on_the_glass() -> None:
    camera = SimulatedDocumentCamera()
    hand = camera.simulator
    assert hand is not None
    hints: list[str] = []
    stage = ScriptedStage("", ScanView=[None])

    def see(view: object) -> None:
        if isinstance(view, ScanView) and isinstance(view.hint, Word):
            hints.append(view.hint.key)
            if view.hint.key == "scan.hint.none":
                hand.lay_page("lease")
                hand.blur()
            else:
                hand.unplug()

    stage.on_view = see
    async with counter(stage, {"pages": camera}) as desk:
        with pytest.raises(Fault, match=r"document_camera\.absent"):
            await Scan(input="proof").run(session(kind="rent"), desk)
    assert hints == ["scan.hint.none", "scan.hint.blurred"]
    assert stage.preview is None


async def test_a_bare_desk_is_not_photographed_for_ever() -> None:
    async with counter(ScriptedStage(""), {"pages": SimulatedDocumentCamera()}) as desk:
        with pytest.raises(Fault) as caught:
            await Scan(input="proof").run(session(kind="rent"), desk)
    assert (caught.value.code, caught.value.remedy) == ("document_camera.no_page", Remedy.RETRY)


async def test_back_from_the_desk_leads_back() -> None:
    async with counter(ScriptedStage("", ScanView=Back), {"pages": SimulatedDocumentCamera(paper="lease")}) as desk:
        with pytest.raises(Back):
            await Scan(input="proof").run(session(kind="rent"), desk)


def test_a_question_that_does_not_apply_is_not_asked() -> None:
    assert Scan(input="proof").wanted(session(kind="rent"))
    assert not Scan(input="proof").wanted(session(kind="own"))
    assert Photo(input="photo").wanted(session())
    assert Signature(input="signed").wanted(session())


@pytest.mark.parametrize("shape", [(600, 800), (600, 424), (300, 900)])
def test_nothing_of_a_picture_is_cut_off_by_the_round_preview(shape: tuple[int, int]) -> None:
    picture = np.full((*shape, 3), 255, np.uint8)
    ground = framed(picture)
    height, width = ground.shape[:2]
    assert width / height == pytest.approx(4 / 3, abs=0.01)
    assert (ground == 255).all(axis=2).sum() == shape[0] * shape[1]
    ys, xs = np.nonzero((ground == 255).all(axis=2))
    assert (((xs - width / 2) / (width / 2)) ** 2 + ((ys - height / 2) / (height / 2)) ** 2).max() < 0.95


# --- a signature

SIGNED = "100,500 300,200 500,700;800,400 820,420"


async def test_a_signature_is_a_picture() -> None:
    stage = ScriptedStage("", SignatureView={"strokes": SIGNED})
    async with counter(stage, {}) as desk:
        done = await Signature(input="signed").run(session(), desk)
    assert done.answers["signed"] == "hand"
    assert size(done.files["signed"][0], "PNG") == signature.SIZE
    ink = np.asarray(Image.open(io.BytesIO(done.files["signed"][0])))
    assert ink[300, 120] < 128 and ink[120, 360] < 128 and ink[420, 600] < 128, "each corner of the first stroke"
    assert ink[240:300, 900].min() == 255, "the finger was lifted between the strokes"


@pytest.mark.parametrize("dot", ["", "500,500", "500,500 503,500", "500,500 510,500;100,100 101,101"])
async def test_a_dot_is_refused_in_place(dot: str) -> None:
    stage = ScriptedStage("", SignatureView=[{"strokes": dot}, {"strokes": SIGNED}])
    async with counter(stage, {}) as desk:
        done = await Signature(input="signed").run(session(), desk)
    messages = [view.message for view in stage.seen if isinstance(view, SignatureView)]
    assert messages == ["", Word("signature.too_short")]
    assert len(done.files["signed"]) == 1


@pytest.mark.parametrize("written", ["x", "1,2,3", "1001,5 2,2", "-1,5 2,2", "1,2  3,4", "1,2;", "1;2", "9" * 9])
def test_what_no_screen_writes_is_a_bug(written: str) -> None:
    with pytest.raises(ValueError):
        signature.strokes(written)


def test_height_counts_half_as_the_sheet_is_half_as_high() -> None:
    assert not signature.is_written(signature.strokes("500,100 500,300"))
    assert signature.is_written(signature.strokes("500,100 500,400"))
    assert signature.is_written(signature.strokes("100,100 300,100"))
