"""Waits for the ID card and reads it; asks for it again when it moved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.roles import ID_CARD, Role
from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import ReadCardView
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import IdCard
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

TRIES = 3


@dataclass(frozen=True)
class ReadCard(Step):
    name: ClassVar[str] = "read_card"
    phase: ClassVar[Phase] = Phase.IDENTIFY

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (ID_CARD,)

    def wanted(self, session: Session) -> bool:
        return session.person is None

    async def run(self, session: Session, desk: Desk) -> Session:
        reader = desk.use(ID_CARD)
        message: Text = ""
        for left in range(TRIES, 0, -1):
            try:
                await self._card(reader, desk, message)
                card = await desk.meanwhile(ReadCardView(state="reading", can_back=True), reader.read())
            except Fault as fault:
                if fault.remedy is not Remedy.RETRY or left == 1:
                    raise
                message = Word(f"fault.{fault.code}")
                continue
            self._lawful(card, desk)
            await desk.journal.write(events.CardRead(visit=session.visit, reader=reader.serial))
            return replace(session, person=card)
        raise AssertionError("the last try raises its fault")

    async def _card(self, reader: IdCardReader, desk: Desk, message: Text) -> None:
        view = ReadCardView(
            state="again" if message else "waiting", message=message, seconds_left=round(desk.timing.card_wait), can_back=True
        )

        async def there() -> None:
            while not await reader.find():  # noqa: ASYNC110 - the reader has no event for a card, only polling
                await asyncio.sleep(desk.timing.card_poll)

        try:
            await asyncio.wait_for(desk.meanwhile(view, there()), desk.timing.card_wait)
        except TimeoutError:
            raise Fault("id_card_reader.no_card", Remedy.OTHER_WAY) from None

    def _lawful(self, card: IdCard, desk: Desk) -> None:
        """An expired card, or one from the future, proves nothing."""
        if not card.valid_on(desk.now().date()):
            raise Fault("id_card_reader.expired", Remedy.OTHER_WAY)
