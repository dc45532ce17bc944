"""Compares the face before the camera with the photo on the card. Pictures stay in memory, for seconds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.camera import Camera, Frame
from kiosk.devices.roles import FACE_CAMERA, Role
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.stage import OtherWay
from kiosk.flow.step import Proving
from kiosk.flow.views import FaceView
from kiosk.identity.jpeg import to_jpeg
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.person import IdCard, Person
from kiosk.model.session import Session
from kiosk.model.verdict import Liveness, Verdict
from kiosk.model.words import Text, Word

GOOD_FRAMES = 3  # the mean of two or three is steadier than one (FACE.md §1)
TRIES = 3


@dataclass(frozen=True)
class VerifyFace(Proving):
    name: ClassVar[str] = "verify_face"
    proof: ClassVar[Proof] = Proof.FACE
    repeatable: ClassVar[bool] = False  # three looks are enough; endless tries are how photos are tried out

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (FACE_CAMERA,)

    async def run(self, session: Session, desk: Desk) -> Session:
        if session.person is None:
            raise Fault("identity.no_card", Remedy.RETRY)
        camera = desk.use(FACE_CAMERA)
        reference = await self._reference(session.person, desk)
        desk.stage.attach_preview(camera.preview)
        try:
            verdict = await self._verdict(session, camera, reference, desk)
            return replace(session, verdict=verdict, proofs=session.proofs | {self.proof})
        finally:
            desk.stage.attach_preview(None)
            camera.preview.wipe()
            if reference is not None:
                reference.fill(0)

    async def _reference(self, person: Person, desk: Desk) -> Frame | None:
        """The photo on the card; None where there is no card: then the national identity service compares with its own."""
        face = desk.identity
        return await face.run(lambda: face.decoder.decode(person.photo)) if isinstance(person, IdCard) else None

    async def _verdict(self, session: Session, camera: Camera, reference: Frame | None, desk: Desk) -> Verdict:
        message: Text = ""
        for left in range(TRIES, 0, -1):
            try:
                verdict = await asyncio.wait_for(self._compare(session, camera, reference, desk, message), desk.timing.face_wait)
            except TimeoutError:
                raise Fault("identity.no_face_seen", Remedy.OTHER_WAY) from None
            await desk.journal.write(
                events.FaceCompared(
                    visit=session.visit,
                    same_person=verdict.same_person,
                    score=round(verdict.score, 4),
                    threshold=verdict.threshold,
                    verifier=verdict.verifier,
                    calibrated=verdict.calibrated,
                    liveness=verdict.liveness.value,
                )
            )
            if verdict.same_person and verdict.liveness is not Liveness.FAILED:
                return verdict
            message = Word("face.again", left=left - 1)
        raise Fault("identity.not_the_same", Remedy.OTHER_WAY)

    async def _compare(self, session: Session, camera: Camera, reference: Frame | None, desk: Desk, message: Text) -> Verdict:
        face = desk.identity
        good: list[Frame] = []
        view = FaceView(
            state="again" if message else "looking",
            message=message,
            can_back=True,
            warnings=self._warnings(desk) if desk.terminal.demo else (),
        )

        async def looked() -> Verdict:
            async with aclosing(self._looks(camera, desk, view, good)) as looks:
                async for picture in looks:
                    good.append(picture)
                    if len(good) == GOOD_FRAMES:
                        break
            desk.show(replace(view, state="comparing", progress=1.0))
            if reference is None:
                verdict = await self._asked(session, good[-1], desk)
            else:
                verdict = await face.run(lambda: face.verifier.compare(reference, good))
            liveness = await face.run(lambda: face.liveness.check(good))
            return replace(verdict, liveness=liveness)

        try:
            return await desk.meanwhile(view, looked())
        except Answered:
            raise OtherWay from None
        finally:
            for picture in good:
                picture.fill(0)

    async def _asked(self, session: Session, frame: Frame, desk: Desk) -> Verdict:
        """CTID in two steps (mode 0x42: name, number and portrait): apply for a serial and a random number, then ask with them."""
        applied = (await desk.department(session, "CTID.apply", mode="0x42")).data
        asked = replace(session, files={**session.files, "face": (to_jpeg(frame),)})
        serial = {"biz_serial_no": str(applied["biz_serial_no"]), "random": str(applied["random"])}
        said = (await desk.department(asked, "CTID.request", mode="0x42", **serial)).data
        return Verdict(
            same_person=bool(said["same_person"]),
            score=float(said["distance"]),
            threshold=float(said["threshold"]),
            verifier="ctid",
            calibrated=True,
        )

    async def _looks(self, camera: Camera, desk: Desk, view: FaceView, good: list[Frame]) -> AsyncGenerator[Frame, None]:
        """Frames that pass the gate; what is wrong with the others is on the glass while they come.

        The camera runs on at its own pace beside the looking, so that the picture on the glass stays alive.
        """
        face, newest = desk.identity, asyncio.Queue[Frame](maxsize=1)

        async def film() -> None:
            while True:
                frame = await camera.frame()
                if newest.full():
                    newest.get_nowait()
                newest.put_nowait(frame)

        filming = asyncio.create_task(film())
        taking = asyncio.create_task(newest.get())
        try:
            while True:
                await asyncio.wait({filming, taking}, return_when=asyncio.FIRST_COMPLETED)
                if filming.done():
                    filming.result()  # raises the camera's fault
                frame = taking.result()
                taking = asyncio.create_task(newest.get())
                look = await face.run(lambda frame=frame: face.verifier.look(frame))  # type: ignore[misc]
                hint: Text = Word(f"face.hint.{look.hint}") if look.hint else ""
                desk.show(replace(view, hint=hint, progress=(len(good) + (not look.hint)) / GOOD_FRAMES))
                if not look.hint:
                    yield frame
        finally:
            for task in (filming, taking):
                task.cancel()
            await asyncio.gather(filming, taking, return_exceptions=True)

    @staticmethod
    def _warnings(desk: Desk) -> tuple[Text, ...]:
        """Never a silent pass: what is not checked here is said on the glass."""
        found: list[Text] = []
        if not desk.identity.verifier.calibrated:
            found.append(Word("face.uncalibrated"))
        if desk.identity.liveness.name == "none":
            found.append(Word("face.liveness_off"))
        return tuple(found)
