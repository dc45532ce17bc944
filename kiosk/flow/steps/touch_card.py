"""Asks for a card on the contactless reader and takes its number and what is in its purse."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.contactless_reader import ContactlessReader
from kiosk.devices.roles import CONTACTLESS, Role
from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import TouchCardView
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import applies
from kiosk.model.session import Session
from kiosk.model.words import Word


@dataclass(frozen=True)
class TouchCard(Step):
    """Answers `<input>`: the card's number, and `<input>_balance`: fen, where the card has a purse."""

    input: str
    name: ClassVar[str] = "touch_card"
    phase: ClassVar[Phase] = Phase.ASK

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (CONTACTLESS,)

    def wanted(self, session: Session) -> bool:
        return any(one.name == self.input and applies(one.when, session.answers) for one in session.item.inputs)

    async def run(self, session: Session, desk: Desk) -> Session:
        view = TouchCardView(title=Word("touch_card.title"), seconds_left=round(desk.waits.card_wait), can_back=True)
        try:
            number, balance = await desk.within(
                desk.waits.card_wait, desk.meanwhile(view, self._card(desk.use(CONTACTLESS), view, desk))
            )
        except TimeoutError:
            raise Fault("contactless_reader.no_card", Remedy.RETRY) from None
        answers = {name: text for name, text in session.answers.items() if name != f"{self.input}_balance"}
        if balance is not None:
            answers[f"{self.input}_balance"] = str(balance)
        return replace(session, answers={**answers, self.input: number})

    async def _card(self, reader: ContactlessReader, view: TouchCardView, desk: Desk) -> tuple[str, int | None]:
        """Waits for a card that can be read; one that cannot is told so for as long as it lies there."""
        while True:
            try:
                if number := await reader.find():
                    desk.show(replace(view, state="reading"))
                    return number, await reader.balance()
            except Fault as fault:
                if fault.remedy is not Remedy.RETRY:
                    raise
                desk.show(replace(view, state="again", message=Word(f"fault.{fault.code}")))
            await asyncio.sleep(desk.timing.card_poll)
