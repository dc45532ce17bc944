"""Asks the department whether this person may have this, before anything is paid or sent; what it says is shown for review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import WorkingView
from kiosk.model.session import Session
from kiosk.model.words import Word


@dataclass(frozen=True)
class Check(Step):
    operation: str
    name: ClassVar[str] = "check"
    phase: ClassVar[Phase] = Phase.CHECK
    screen: ClassVar[bool] = False

    async def run(self, session: Session, desk: Desk) -> Session:
        desk.show(WorkingView(title=Word("check.working"), detail=Word(f"unit.{session.item.unit}")))
        reply = await desk.department(session, self.operation)
        facts = tuple((str(fact["label"]), str(fact["value"])) for fact in reply.data["facts"])
        others = tuple(fact for fact in session.facts if fact not in facts)
        return replace(session, facts=(*others, *facts))
