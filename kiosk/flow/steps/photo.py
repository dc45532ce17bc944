"""Takes a portrait for a document: by itself when the face is good, kept only if the citizen says so."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.camera import Camera, Frame, FrameBuffer
from kiosk.devices.roles import FACE_CAMERA, Role
from kiosk.flow.desk import Desk
from kiosk.flow.film import newest
from kiosk.flow.stage import Back
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import PhotoView
from kiosk.identity.jpeg import to_jpeg
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import applies
from kiosk.model.session import Session
from kiosk.model.words import Word

STEADY = 3  # good frames in a row: nobody is caught turning away
SHAPE = 4 / 5  # width to height of what is sent: the part that the preview shows


@dataclass(frozen=True)
class Photo(Step):
    """Answers `<input>`: "1"; the picture is in `Session.files`."""

    input: str
    name: ClassVar[str] = "photo"
    phase: ClassVar[Phase] = Phase.CAPTURE

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (FACE_CAMERA,)

    def wanted(self, session: Session) -> bool:
        return any(one.name == self.input and applies(one.when, session.answers) for one in session.item.inputs)

    async def run(self, session: Session, desk: Desk) -> Session:
        camera = desk.use(FACE_CAMERA)
        while True:
            portrait = await self._taken(camera, desk)
            try:
                if await self._kept(portrait, desk):
                    jpeg = await desk.identity.run(lambda: to_jpeg(portrait))  # noqa: B023 - done before the next one is taken
                    break
            finally:
                portrait.fill(0)
        return replace(session, answers={**session.answers, self.input: "1"}, files={**session.files, self.input: (jpeg,)})

    async def _taken(self, camera: Camera, desk: Desk) -> Frame:
        view = PhotoView(title=Word("photo.title"), can_back=True)
        desk.stage.attach_preview(camera.preview)
        try:
            return await desk.within(desk.waits.face_wait, desk.meanwhile(view, self._steady(camera, view, desk)))
        except TimeoutError:
            raise Fault("camera.no_portrait", Remedy.RETRY) from None
        finally:
            desk.stage.attach_preview(None)
            camera.preview.wipe()

    async def _steady(self, camera: Camera, view: PhotoView, desk: Desk) -> Frame:
        face, good = desk.identity, 0
        async with aclosing(newest(camera)) as frames:
            async for frame in frames:
                look = await face.run(lambda frame=frame: face.verifier.look(frame))  # type: ignore[misc]
                good = 0 if look.hint else good + 1
                if good == STEADY:
                    return _portrait(frame)
                frame.fill(0)
                desk.show(replace(view, hint=Word(f"face.hint.{look.hint}") if look.hint else Word("photo.steady")))
        raise AssertionError("a film ends only with a fault")

    async def _kept(self, portrait: Frame, desk: Desk) -> bool:
        """The picture stands still on the glass. Back is one screen back: another is taken."""
        still = FrameBuffer()
        still.put(portrait)
        desk.stage.attach_preview(still)
        try:
            answer = await desk.ask(PhotoView(title=Word("photo.title"), state="review", can_back=True, watched=True))
        except Back:
            return False
        finally:
            desk.stage.attach_preview(None)
            still.wipe()
        return answer.get("photo") == "keep"


def _portrait(frame: Frame) -> Frame:
    """The middle of `frame`, as the preview showed it; a copy. `frame` is wiped."""
    height, width = frame.shape[:2]
    across = min(width, round(height * SHAPE))
    left = (width - across) // 2
    portrait = frame[:, left : left + across].copy()
    frame.fill(0)
    return portrait
