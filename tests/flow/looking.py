"""A program: a face with its moves, a portrait, two pages and what is said, between two marks in its trace (see test_nothing_on_disk)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import Any, cast

from kiosk.app import FaceRoom, onlookers
from kiosk.devices.camera.simulated import SimulatedCamera
from kiosk.devices.document_camera.simulated import SimulatedDocumentCamera
from kiosk.devices.lane import Lane
from kiosk.devices.microphone.simulated import SimulatedMicrophone
from kiosk.flow.desk import Desk, Terminal
from kiosk.flow.steps.photo import Photo
from kiosk.flow.steps.recording import Recording
from kiosk.flow.steps.scan import Scan
from kiosk.flow.steps.verify_face import VerifyFace
from kiosk.identity.challenge import Challenge
from kiosk.identity.dlib_engine import DlibVerifier
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.model.item import Assurance, Input, InputType, Item, Kind
from kiosk.model.session import Session
from kiosk.people import citizens
from kiosk.testing.counter import QUICK
from kiosk.testing.line import LOW
from kiosk.testing.microphone import wave
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
        Input(name="proof", type=InputType.SCAN, max=2),
        Input(name="voice", type=InputType.RECORDING),
    ),
)


class NoJournal:
    async def write(self, event: object) -> None:
        pass


def mark(name: str) -> None:
    with contextlib.suppress(OSError):
        Path(f"/mark-{name}").stat()


async def main() -> None:
    devices = {
        "face_camera": SimulatedCamera(citizen="c01"),
        "pages": SimulatedDocumentCamera(paper="lease"),
        "microphone": SimulatedMicrophone(),
    }
    for device in devices.values():
        await device.open()
    nothing = cast(Any, None)
    room = FaceRoom(verifier=DlibVerifier(), decoder=SimulatedPhotoDecoder(), pad=Challenge(moves=2), lane=Lane("face"))
    await room.run(room.verifier.prepare)
    desk = Desk(
        stage=ScriptedStage("", ScanView=scan, RecordView=record),
        devices=devices,
        departments={},
        payments=nothing,
        identity=room,
        journal=cast(Any, NoJournal()),
        terminal=Terminal(id="XM0001", name="…", place="…", hotline="0592-12345", demo=True),
        timing=QUICK,
        seen=onlookers(devices),
    )
    mark("begin")
    if "--spill" in sys.argv:  # so that the test can fail
        Path(os.environ["SPILL"]).write_bytes(b"a face")
    else:
        await look(desk)
    mark("end")
    for device in devices.values():
        await device.close()
        device.lane.close()
    room.lane.close()


async def look(desk: Desk) -> None:
    session = Session(visit="XM0001-TEST-000001", item=ITEM, person=citizens()["c01"].card)
    session = await VerifyFace().run(session, desk)
    session = await Photo(input="photo").run(session, desk)
    session = await Scan(input="proof").run(session, desk)
    cast(Any, desk.devices["microphone"]).simulator.sound(wave(LOW, 120))
    session = await Recording(input="voice").run(session, desk)
    assert session.verdict is not None
    print("face:", session.verdict.pad.outcome.value, "pictures:", *(len(files) for files in session.files.values()))


def scan(view: Any) -> dict[str, str]:
    return {"scan": "take" if view.state == "looking" else "next"}


def record(view: Any) -> Any:
    return heard() if view.state == "recording" else {"record": "start" if view.state == "ready" else "keep"}


async def heard() -> dict[str, str]:
    await asyncio.sleep(1)  # as long as somebody speaks; how much of it was heard does not matter here
    return {"record": "stop"}


asyncio.run(main())
