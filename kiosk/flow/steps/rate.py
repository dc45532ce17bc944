"""好差评: five levels, voluntary, never in the way (GB/T 39734-2020)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import RateView
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.session import Session
from kiosk.model.words import Word

LEVELS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Rate(Step):
    name: ClassVar[str] = "rate"
    phase: ClassVar[Phase] = Phase.THANK
    screen: ClassVar[bool] = False

    async def run(self, session: Session, desk: Desk) -> Session:
        answer = await desk.ask(RateView(unit=Word(f"unit.{session.item.unit}"), item=Word(f"item.{session.item.id}.title")))
        level = answer.get("level")
        if level not in LEVELS:
            return session
        await desk.journal.write(events.Rated(visit=session.visit, level=int(level)))
        try:
            await desk.department(session, "EVAL.submit", key=f"{session.visit}-E", level=level, item=session.item.id)
        except Fault as fault:
            # The rating is in the journal; a sleeping rating system is no reason to apologise to the citizen.
            log.warning("visit.fault", visit=session.visit, step=self.name, code=fault.code, detail=fault.detail)
        return session
