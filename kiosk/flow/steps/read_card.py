"""Waits for the ID card and reads it; asks for it again when it moved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.roles import ID_CARD, Role
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.stage import OtherWay
from kiosk.flow.step import Proving
from kiosk.flow.views import ReadCardView
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.person import IdCard
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

TRIES = 3


@dataclass(frozen=True)
class ReadCard(Proving):
    name: ClassVar[str] = "read_card"
    proof: ClassVar[Proof] = Proof.ID_CARD

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (ID_CARD,)

    async def run(self, session: Session, desk: Desk) -> Session:
        reader = desk.use(ID_CARD)
        message: Text = ""
        for left in range(TRIES, 0, -1):
            try:
                await self._card(reader, desk, message, len(session.item.ways) > 1)
                card = await desk.meanwhile(ReadCardView(state="reading", can_back=True), reader.read())
            except Answered:
                raise OtherWay from None
            except Fault as fault:
                if fault.remedy is not Remedy.RETRY or left == 1:
                    raise
                message = Word(f"fault.{fault.code}")
                continue
            self._lawful(card, session, desk)
            await desk.journal.write(events.CardRead(visit=session.visit, reader=reader.serial))
            return replace(session, person=card, proofs=session.proofs | {self.proof})
        raise AssertionError("the last try raises its fault")

    async def _card(self, reader: IdCardReader, desk: Desk, message: Text, other: bool) -> None:
        view = ReadCardView(
            state="again" if message else "waiting",
            message=message,
            seconds_left=round(desk.timing.card_wait),
            other=other,
            can_back=True,
        )

        async def there() -> None:
            while not await reader.find():  # noqa: ASYNC110 - the reader has no event for a card, only polling
                await asyncio.sleep(desk.timing.card_poll)

        try:
            await asyncio.wait_for(desk.meanwhile(view, there()), desk.timing.card_wait)
        except TimeoutError:
            raise Fault("id_card_reader.no_card", Remedy.OTHER_WAY) from None

    def _lawful(self, card: IdCard, session: Session, desk: Desk) -> None:
        """An expired card, or one from the future, proves nothing; another person's card ends what was begun."""
        if not card.valid_on(desk.now().date()):
            raise Fault("id_card_reader.expired", Remedy.OTHER_WAY)
        if session.person is not None and session.person.id_number != card.id_number:
            raise Fault("identity.another_person", Remedy.OTHER_WAY)
