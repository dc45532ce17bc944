"""Waits for the ID card and reads it; asks for it again when it moved."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.roles import ID_CARD, Role
from kiosk.flow.card_left import lifted
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.holders import needs_guardian
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
# The module, or what stands on the card itself, says no: the same card again will not do. Twice is enough (never for ever).
NO_CARD_OF_OURS = frozenset({"id_card_reader.not_genuine", "id_card_reader.wrong_card", "id_card_reader.damaged"})
REFUSALS = 2


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
        refusals = 0
        for left in range(TRIES, 0, -1):
            try:
                await self._nobody_elses(reader, desk, len(session.item.ways) > 1)
                await self._card(reader, desk, message, len(session.item.ways) > 1)
                card = await desk.meanwhile(ReadCardView(state="reading", can_back=True), self._read(reader, session))
            except Answered:
                raise OtherWay from None
            except Fault as fault:
                refusals += fault.code in NO_CARD_OF_OURS
                if refusals == REFUSALS:
                    raise Fault(fault.code, Remedy.LATER, fault.detail) from None
                if left == 1 or not (fault.remedy is Remedy.RETRY or fault.code in NO_CARD_OF_OURS):
                    raise
                message = Word(f"fault.{fault.code}")
                continue
            self._lawful(card, session, desk)
            # A child's face is nobody's business before a guardian has agreed (see `guardian`).
            if Proof.FACE in session.way and not session.sent_away and not needs_guardian(card, desk.now().date()):
                desk.card_face.begin(card, desk.identity)
            await desk.journal.write(events.CardRead(visit=session.visit, reader=reader.serial))
            return replace(session, person=card, proofs=session.proofs | {self.proof})
        raise AssertionError("the last try raises its fault")

    async def _nobody_elses(self, reader: IdCardReader, desk: Desk, other: bool) -> None:
        """A card that lay there before this person came is lifted first."""
        if not desk.card_left:
            return
        view = ReadCardView(state="left", message=Word("read_card.left"), other=other, can_back=True)
        try:
            await desk.within(desk.waits.card_wait, desk.meanwhile(view, lifted(reader, desk)))
        except TimeoutError:
            raise Fault("id_card_reader.no_card", Remedy.OTHER_WAY) from None

    async def _card(self, reader: IdCardReader, desk: Desk, message: Text, other: bool) -> None:
        view = ReadCardView(
            state="again" if message else "waiting",
            message=message,
            seconds_left=round(desk.waits.card_wait),
            other=other,
            can_back=True,
        )

        async def there() -> None:
            while not await reader.find():  # noqa: ASYNC110 - the reader has no event for a card, only polling
                await asyncio.sleep(desk.timing.card_poll)

        try:
            await desk.within(desk.waits.card_wait, desk.meanwhile(view, there()))
        except TimeoutError:
            raise Fault("id_card_reader.no_card", Remedy.OTHER_WAY) from None

    @staticmethod
    async def _read(reader: IdCardReader, session: Session) -> IdCard:
        """The addresses that were added to the chip are read only for an item that asks for one; nobody is held up by them."""
        card = await reader.read()
        if any(one.prefill == "address" for one in session.item.inputs):
            with suppress(Fault):  # lifted by now: it is typed, then
                return replace(card, addresses=await reader.addresses())
        return card

    def _lawful(self, card: IdCard, session: Session, desk: Desk) -> None:
        """An expired card, or one from the future, proves nothing; another person's card ends what was begun."""
        if not card.valid_on(desk.now().date()):
            raise Fault("id_card_reader.expired", Remedy.OTHER_WAY)
        if session.person is not None and session.person.id_number != card.id_number:
            raise Fault("identity.another_person", Remedy.OTHER_WAY)
