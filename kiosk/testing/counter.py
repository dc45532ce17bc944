"""A counter with everything real behind it but the glass: simulated devices on their wires, the sandbox, a journal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from kiosk import app, config
from kiosk.devices.lane import Lane
from kiosk.flow.day import Served, day
from kiosk.flow.desk import Desk
from kiosk.flow.timing import Timing
from kiosk.identity import Look, PhotoDecoder, Picture, Verifier
from kiosk.identity.pad_none import NoPad
from kiosk.model.verdict import Verdict
from kiosk.testing.stage import ScriptedStage

ROOT = Path(__file__).resolve().parent.parent.parent
QUICK = Timing(
    card_wait=3.0,
    card_poll=0.05,
    card_left=0.5,
    card_lift=0.05,
    power_poll=0.02,
    call=0.05,
    face_wait=5.0,
    face_again=0.05,
    pay_wait=1.0,
    pay_poll=0.05,
    submit_tries=2,
    submit_pause=0.05,
    refund_tries=2,
    apology=1,
    goodbye=1,
)


class GivenVerdicts(Verifier):
    """A verifier whose verdicts the test gives; every frame is good. For journeys that are not about faces."""

    name = "given"
    calibrated = False

    def __init__(self, verdicts: Sequence[bool] = (True,)) -> None:
        self.verdicts = list(verdicts)

    def prepare(self) -> None:
        return

    def look(self, frame: Picture) -> Look:
        return Look()

    def compare(self, reference: Picture, frames: Sequence[Picture]) -> Verdict:
        same = self.verdicts.pop(0) if len(self.verdicts) > 1 else self.verdicts[0]
        return Verdict(same_person=same, score=0.2 if same else 0.6, threshold=0.35, verifier=self.name, calibrated=False)


class AnyPhoto(PhotoDecoder):
    def decode(self, block: bytes) -> Picture:
        return np.zeros((126, 102, 3), dtype=np.uint8)


def faces(*verdicts: bool) -> app.FaceRoom:
    return app.FaceRoom(verifier=GivenVerdicts(verdicts or (True,)), decoder=AnyPhoto(), pad=NoPad(), lane=Lane("face"))


def settings(sandbox: str, state: Path, *, citizen: str = "c01", **overrides: Any) -> config.Config:
    """The shipped configuration against the sandbox at `sandbox`, with `citizen`'s card on the reader and face before the camera."""
    return config.load(
        ROOT / "config.toml",
        {
            "addresses.sandbox": sandbox,
            "paths.state": str(state),
            "devices.id_card.citizen": citizen,
            "devices.face_camera.citizen": citizen,
            "devices.receipts.out": str(state / "receipts"),
            "devices.documents.out": str(state / "documents"),
            **{place.replace("__", "."): value for place, value in overrides.items()},
        },
    )


@asynccontextmanager
async def counter(taken: config.Config, *, room: app.FaceRoom | None = None, timing: Timing = QUICK) -> AsyncIterator[Desk]:
    """An open house with a stage nobody has scripted yet: see `attend`."""
    async with app.house(taken, ScriptedStage(""), timing, room or faces()) as desk:
        assert desk.ready is not None
        await desk.ready
        while not desk.may_take_money():  # noqa: ASYNC110 - asked about what is open from before; tells nobody when it is done
            await asyncio.sleep(0.01)
        yield desk


async def attend(desk: Desk, stage: ScriptedStage, taken: config.Config) -> Served:
    """One visit with `stage` before the desk, promises forgotten from any visit before."""
    return await day(app.shelves(taken), replace(desk, stage=stage, trail=None, _owed=[], _to_hand_back=[]))
