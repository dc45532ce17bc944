"""Compares the face before the camera with the photo on the card. Pictures stay in memory, for seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.camera import Camera, Frame
from kiosk.devices.roles import FACE_CAMERA, Role
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.film import newest
from kiosk.flow.stage import OtherWay
from kiosk.flow.step import Proving
from kiosk.flow.views import FaceView
from kiosk.identity import Cue, Look, Trial, Verifier, fit_for_service
from kiosk.identity.jpeg import to_jpeg
from kiosk.identity.throughout import same_throughout
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.person import IdCard
from kiosk.model.session import Session
from kiosk.model.verdict import Liveness, Pad, Verdict
from kiosk.model.words import Text, Word

TRIES = 3  # in one visit, whatever is pressed in between
MEANWHILE = ("many", "edge", "far", "near", "dark", "bright")  # what is to be mended while somebody moves; the rest is the move itself


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
        if not session.sent_away and not fit_for_service(desk.identity.verifier, demo=desk.terminal.demo):
            raise Fault("identity.uncalibrated", Remedy.OTHER_WAY)
        await desk.face_day.admit(session.person)
        camera = desk.use(FACE_CAMERA)
        reference = await self._reference(session, desk)
        desk.stage.attach_preview(camera.preview)
        try:
            verdict = await self._verdict(session, camera, reference, desk)
            return replace(session, verdict=verdict, proofs=session.proofs | {self.proof})
        finally:
            desk.stage.attach_preview(None)
            camera.preview.wipe()
            await desk.card_face.wipe(desk.identity)
            await desk.identity.run(desk.identity.verifier.forget)

    async def _reference(self, session: Session, desk: Desk) -> Frame | None:
        """The photo on the card; None where there is none to compare with: then the national identity service compares with its own."""
        if session.sent_away or not isinstance(session.person, IdCard):
            return None
        return await desk.card_face.picture(session.person, desk.identity)

    async def _verdict(self, session: Session, camera: Camera, reference: Frame | None, desk: Desk) -> Verdict:
        message: Text = ""
        while (before := desk.looks[session.visit]) < TRIES:
            try:
                verdict, pad = await self._attempt(session, camera, reference, desk, message)
            except TimeoutError:
                raise Fault("identity.no_face_seen", Remedy.OTHER_WAY) from None
            except Fault as fault:
                if not before or fault.code.partition(".")[0] != camera.kind:
                    raise
                # Who was not recognised does not get three more looks by covering the lens or pulling the plug.
                raise Fault("identity.not_the_same", Remedy.OTHER_WAY, fault.code) from None
            await self._write(session, verdict, pad, desk)
            recognised = verdict is not None and verdict.same_person
            await desk.face_day.judged(session, recognised=recognised, journal=desk.journal)
            if verdict is not None and recognised:
                return verdict
            left = TRIES - desk.looks[session.visit]
            last = Fault("identity.not_live" if verdict is None else "identity.not_the_same", Remedy.OTHER_WAY, pad.reason)
            message = Word("face.again", left=left) if verdict is not None else Word(f"face.refused.{pad.reason}")
            if not left:
                raise last
        raise Fault("identity.looks_used_up", Remedy.OTHER_WAY)

    async def _write(self, session: Session, verdict: Verdict | None, pad: Pad, desk: Desk) -> None:
        checked, unchecked = "+".join(pad.checked), "+".join(pad.unchecked)
        if verdict is None:
            refused = events.PresentationRefused(visit=session.visit, reason=pad.reason, pad=pad.method, checked=checked)
            await desk.journal.write(refused)
            return
        await desk.journal.write(
            events.FaceCompared(
                visit=session.visit,
                same_person=verdict.same_person,
                score=round(verdict.score, 4),
                threshold=verdict.threshold,
                verifier=verdict.verifier,
                calibrated=verdict.calibrated,
                liveness=pad.outcome.value,
                pad=pad.method,
                checked=checked,
                unchecked=unchecked,
            )
        )

    async def _attempt(
        self, session: Session, camera: Camera, reference: Frame | None, desk: Desk, message: Text
    ) -> tuple[Verdict | None, Pad]:
        """One attempt; no verdict where there was, or may have been, no living person to compare. It counts from the first request on."""
        face, kept, counted = desk.identity, Kept(), False
        trial = face.pad.begin(gentle=desk.stage.calm)
        warnings = self._warnings(desk) if desk.terminal.demo else ()
        view = FaceView(state="again" if message else "looking", message=message, can_back=True, warnings=warnings)

        def count() -> None:
            nonlocal counted
            desk.looks[session.visit] += not counted
            counted = True

        async def looked() -> tuple[Verdict | None, Pad]:
            await self._led(trial, camera, desk, view, kept, count)
            count()
            pad = await face.run(lambda: same_throughout(trial.verdict(), face.verifier, kept.match, kept.witness))
            if pad.outcome is Liveness.FAILED:
                return None, pad
            desk.show(replace(view, state="comparing", message="", progress=1.0))
            if reference is None:
                verdict = await self._asked(session, kept.match[-1], desk)
            else:
                try:
                    verdict = await face.run(lambda: face.verifier.compare(reference, kept.match))
                except Fault as fault:
                    if fault.code != "identity.face_changed":
                        raise
                    return None, replace(pad, outcome=Liveness.FAILED, reason="changed")
            return replace(verdict, pad=pad), pad

        try:
            return await desk.meanwhile(view, looked())
        except Answered:
            raise OtherWay from None
        finally:
            kept.wipe()
            await face.run(trial.forget)

    async def _led(self, trial: Trial, camera: Camera, desk: Desk, view: FaceView, kept: Kept, count: Callable[[], None]) -> None:
        """Frame after frame, until the trial is over. What is asked for, and what is wrong, is on the glass meanwhile."""
        face, timing, clock = desk.identity, desk.waits, asyncio.get_running_loop().time
        begins = clock() + timing.face_again if view.message else 0.0
        furthest, shown, look = 0.0, view, Look()
        async with desk.call.patient(max(begins - clock(), 0.0) + timing.face_wait) as patience, aclosing(newest(camera)) as frames:
            async for frame in frames:
                at = clock()
                if at < begins:  # the picture stays alive while they read what was wrong
                    frame.fill(0)
                    continue
                look, cue = await face.run(lambda frame=frame, at=at, look=look: _seen(face.verifier, trial, frame, at, look))  # type: ignore[misc]
                kept.take(frame, cue)
                if cue.begun:
                    count()
                    patience.anew(None)  # from here on the trial has limits of its own
                elif cue.progress > furthest:
                    patience.anew(timing.face_wait)
                furthest = max(furthest, cue.progress)
                if cue.over:
                    return
                hint: Text = Word(f"face.hint.{look.hint}") if look.hint and (not cue.ask or look.hint in MEANWHILE) else ""
                state = "asking" if cue.ask else "looking"
                now = replace(view, state=state, ask=cue.ask, tint=cue.tint, hint=hint, message="", progress=furthest)
                if now != shown:
                    desk.show(now)
                    shown = now

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

    @staticmethod
    def _warnings(desk: Desk) -> tuple[Text, ...]:
        """Never a silent pass: what is not checked here is said on the glass."""
        found: list[Text] = []
        if not desk.identity.verifier.calibrated:
            found.append(Word("face.uncalibrated"))
        if desk.identity.pad.name == "none":
            found.append(Word("face.liveness_off"))
        return tuple(found)


class Kept:
    """Frames of one attempt: those to be compared, and those of somebody who does what was asked. Wiped when the verdict stands."""

    def __init__(self) -> None:
        self.match: list[Frame] = []
        self.witness: list[Frame] = []

    def take(self, frame: Frame, cue: Cue) -> None:
        match cue.keep:
            case "match":
                self.match.append(frame)
            case "witness":
                self.witness.append(frame)
            case _:
                frame.fill(0)

    def wipe(self) -> None:
        for frame in (*self.match, *self.witness):
            frame.fill(0)


def _seen(verifier: Verifier, trial: Trial, frame: Frame, at: float, before: Look) -> tuple[Look, Cue]:
    """In the lane of face work, one call a frame."""
    look = verifier.follow(frame, before)
    return look, trial.see(frame, look, at)
