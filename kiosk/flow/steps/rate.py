"""好差评: five levels, voluntary, never in the way (GB/T 39734-2020). A bad one is asked why, and becomes a work order with a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.desk import Desk
from kiosk.flow.stage import Back, Leave
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import RateView
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.session import Session
from kiosk.model.words import Word

LEVELS = ("1", "2", "3", "4", "5")
BAD = ("1", "2")
REASONS = ("wait", "unclear", "undone", "device", "too_much")


@dataclass(frozen=True)
class Rate(Step):
    name: ClassVar[str] = "rate"
    phase: ClassVar[Phase] = Phase.THANK
    screen: ClassVar[bool] = False

    async def run(self, session: Session, desk: Desk) -> Session:
        view = RateView(unit=Word(f"unit.{session.item.unit}"), item=Word(f"item.{session.item.id}.title"))
        while True:
            level = (await desk.ask(view)).get("level")
            if level not in LEVELS:
                return session
            if level not in BAD:
                await self._submit(session, desk, level, ())
                return session
            try:
                reasons = await self._why(view, desk)
            except Back:
                continue  # to the five levels
            except Leave:
                await self._submit(session, desk, level, ())  # what was said is kept, however they go
                raise
            order = await self._submit(session, desk, level, reasons)
            if order:
                await desk.ask(replace(view, state="order", order_no=order))
            return session

    async def _why(self, view: RateView, desk: Desk) -> tuple[str, ...]:
        answer = await desk.ask(replace(view, state="reasons", reasons=REASONS, can_back=True))
        said = str(answer.get("reasons", "")).split(",")
        return tuple(reason for reason in REASONS if reason in said)

    async def _submit(self, session: Session, desk: Desk, level: str, reasons: tuple[str, ...]) -> str:
        """The number of the work order, "" without one."""
        await desk.journal.write(events.Rated(visit=session.visit, level=int(level), reasons="+".join(reasons)))
        answers = {"level": level, "item": session.item.id, "reasons": ",".join(reasons)}
        try:
            reply = await desk.department(session, "EVAL.submit", key=f"{session.visit}-E", **answers)
        except Fault as fault:
            # The rating is in the journal; a sleeping rating system is no reason to apologise to the citizen.
            log.warning("visit.fault", visit=session.visit, step=self.name, code=fault.code, detail=fault.detail)
            return ""
        return str(reply.data.get("work_order") or "")
