"""Keeps a seat for the citizen while they pay. Let go again however the visit ends, unless it was bought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import WorkingView
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

NUMBER = "hold_no"  # which of this visit's holds: every one has a key of its own


@dataclass(frozen=True)
class Hold(Step):
    name: ClassVar[str] = "hold"
    phase: ClassVar[Phase] = Phase.CHECK
    screen: ClassVar[bool] = False

    async def run(self, session: Session, desk: Desk) -> Session:
        desk.show(WorkingView(title=Word("hold.working"), detail=Word(f"unit.{session.item.unit}")))
        if session.held:  # the citizen went back and may have chosen another train
            await self._release(session, desk)
        number = int(session.held.get(NUMBER, "0")) + 1
        asked = replace(session, held={NUMBER: str(number)})

        known = asked

        async def release() -> Text:
            return await self._release(known, desk)

        desk.owe(release)
        reply = await desk.department(asked, session.item.hold, key=f"{session.visit}-H{number}")
        known = replace(session, held={NUMBER: str(number), **{name: str(value) for name, value in reply.data.items()}})
        return known

    async def _release(self, session: Session, desk: Desk) -> Text:
        # If the answer to the hold was lost, the department still knows it by its key.
        number = session.held[NUMBER]
        hold_key = f"{session.visit}-H{number}"
        await desk.department(session, session.item.release, key=f"{session.visit}-X{number}", hold_key=hold_key)
        return ""
