"""Pages under the document camera: what is wrong is said while it lies there, each page is looked at before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from kiosk.devices.camera import Frame, FrameBuffer
from kiosk.devices.document_camera import DocumentCamera, Page
from kiosk.devices.roles import PAGES, Role
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.stage import Back
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import ScanView
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import applies
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

MOST = 6  # pages, where the item does not say
TRIES = 5  # pictures without a whole page, one after another
SHAPE = 4 / 3  # of the place on the glass
SPARE = 1.5  # the preview is round: so much larger than what it shows must its picture be
GROUND = 33  # the grey around it


@dataclass(frozen=True)
class Scan(Step):
    """Answers `<input>`: how many pages; the pages are in `Session.files`."""

    input: str
    name: ClassVar[str] = "scan"
    phase: ClassVar[Phase] = Phase.CAPTURE

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (PAGES,)

    def wanted(self, session: Session) -> bool:
        return any(one.name == self.input and applies(one.when, session.answers) for one in session.item.inputs)

    async def run(self, session: Session, desk: Desk) -> Session:
        camera = desk.use(PAGES)
        most = next(one.max for one in session.item.inputs if one.name == self.input) or MOST
        view = ScanView(title=Word(f"item.{session.item.id}.{self.input}"), most=most, can_back=True)
        pages: list[bytes] = []
        glass = FrameBuffer()
        desk.stage.attach_preview(glass)
        try:
            while len(pages) < most:
                view = replace(view, page=len(pages) + 1)
                page = await self._taken(camera, glass, view, desk)
                said = await self._judged(page, glass, view, desk)
                if said != "again":
                    pages.append(page.jpeg)
                if said == "done":
                    break
        finally:
            desk.stage.attach_preview(None)
            glass.wipe()
        return replace(
            session, answers={**session.answers, self.input: str(len(pages))}, files={**session.files, self.input: tuple(pages)}
        )

    async def _taken(self, camera: DocumentCamera, glass: FrameBuffer, view: ScanView, desk: Desk) -> Page:
        """The citizen lays a page down and says when."""
        message: Text = ""
        for _ in range(TRIES):
            try:
                await desk.meanwhile(replace(view, message=message), self._watched(camera, glass, replace(view, message=message), desk))
            except Answered:
                page = await camera.page()
                if page.jpeg:
                    return page
                message = Word("scan.no_page")
        raise Fault("document_camera.no_page", Remedy.RETRY)

    async def _watched(self, camera: DocumentCamera, glass: FrameBuffer, view: ScanView, desk: Desk) -> None:
        """Puts what lies there on the glass, and in words what is wrong with it, until it is called off."""
        before = ""
        while True:
            sight = await camera.look()
            glass.put(framed(sight.picture))
            if sight.hint != before:
                before = sight.hint
                # A picture without a page was told; now it is what to do about it that counts.
                desk.show(replace(view, message="", hint=Word(f"scan.hint.{sight.hint}") if sight.hint else ""))

    async def _judged(self, page: Page, glass: FrameBuffer, view: ScanView, desk: Desk) -> str:
        """again, next or done. Back is one screen back: this page is taken again."""
        glass.put(framed(page.picture))
        hint: Text = Word(f"scan.hint.{page.hint}") if page.hint else ""
        try:
            answer = await desk.ask(replace(view, state="review", hint=hint))
        except Back:
            return "again"
        said = str(answer.get("scan"))
        return said if said in ("again", "next") else "done"


def framed(picture: Frame) -> Frame:
    """`picture` whole, in the middle of a ground large enough that a round preview cuts nothing of it off."""
    height, width = picture.shape[:2]
    tall = max(height, round(width / SHAPE)) * SPARE
    ground = np.full((round(tall), round(tall * SHAPE), 3), GROUND, np.uint8)
    top, left = (ground.shape[0] - height) // 2, (ground.shape[1] - width) // 2
    ground[top : top + height, left : left + width] = picture
    return ground
