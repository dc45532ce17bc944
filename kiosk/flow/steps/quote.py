"""Finds out what it costs: written in the item, or said by the department."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import WorkingView
from kiosk.model.money import Money
from kiosk.model.session import Session
from kiosk.model.words import Word


@dataclass(frozen=True)
class Quote(Step):
    name: ClassVar[str] = "quote"
    phase: ClassVar[Phase] = Phase.CHECK
    screen: ClassVar[bool] = False

    async def run(self, session: Session, desk: Desk) -> Session:
        item = session.item
        if item.fee is not None:
            return replace(session, quote=item.fee)
        if item.fee_by:
            return replace(session, quote=item.fees[session.answers[item.fee_by]])
        desk.show(WorkingView(title=Word("quote.working")))
        reply = await desk.department(session, item.fee_from)
        return replace(session, quote=Money(reply.data["amount_fen"]))
