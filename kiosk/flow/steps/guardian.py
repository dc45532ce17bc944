"""Somebody under 14: a guardian agrees first, known by an own card and to the population register. Without one, no face and no service."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.roles import ID_CARD
from kiosk.flow.card_left import lifted
from kiosk.flow.desk import Desk
from kiosk.flow.holders import needs_guardian
from kiosk.flow.stage import OtherWay
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import ConsentView, ReadCardView
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.person import IdCard
from kiosk.model.session import Session
from kiosk.model.words import Word
from kiosk.model.zone import CHINA

WORDING = "2026-11"  # changes with every change of the texts `guardian*.*`; kept three years beside the answer (PIPL art 56)
ADULT = 18


def purpose(session: Session) -> str:
    """What a guardian is asked about: the child's face, whether it stays here or is sent away, or no more than the child's data."""
    if session.sent_away or Proof.OFFICER in session.way:
        return "guardian_face_remote"
    return "guardian_face" if Proof.FACE in session.way else "guardian"


@dataclass(frozen=True)
class Guardian(Step):
    """PIPL art 31, 人脸识别技术应用安全管理办法 art 7: an own text, before a child's face is touched."""

    name: ClassVar[str] = "guardian"
    phase: ClassVar[Phase] = Phase.IDENTIFY

    def wanted(self, session: Session) -> bool:
        if session.person is None or not needs_guardian(session.person, datetime.now(CHINA).date()):
            return False
        return session.guardian is None or purpose(session) not in session.consents

    async def run(self, session: Session, desk: Desk) -> Session:
        what = purpose(session)
        answer = await desk.ask(
            ConsentView(
                title=Word("guardian.title"),
                lead=Word("guardian.lead"),
                points=tuple(Word(f"{what}.{point}") for point in ("purpose", "kinds", "kept", "rights")),
                yes=Word("guardian.yes"),
                no=Word(f"{what}.no"),
                icon="account-check-outline",
                can_back=True,
            )
        )
        if answer.get("consent") != "yes":
            if what != "guardian" and len(session.item.ways) > 1:
                raise OtherWay
            raise Fault("identity.guardian_needed", Remedy.LATER)
        if session.guardian is None:
            reader = desk.use(ID_CARD)
            guardian = await self._card(reader, desk)
            await self._known(guardian, session, desk)
            await desk.journal.write(events.GuardianIdentified(visit=session.visit, reader=reader.serial))
            session = replace(session, guardian=guardian)
        await desk.journal.write(events.Consented(visit=session.visit, purpose=f"{what}:{session.item.id}", wording=WORDING))
        return replace(session, consents=session.consents | {what})

    async def _card(self, reader: IdCardReader, desk: Desk) -> IdCard:
        """The child's card is lifted, the guardian's laid down."""
        seconds = round(desk.waits.card_wait)
        desk.card_left = await reader.lying()
        lift = ReadCardView(
            state="left", title=Word("guardian.lift"), message=Word("guardian.lift.why"), seconds_left=seconds, can_back=True
        )
        put = ReadCardView(title=Word("guardian.card"), seconds_left=seconds, can_back=True)

        async def there() -> None:
            while not await reader.find():  # noqa: ASYNC110 - the reader has no event for a card, only polling
                await asyncio.sleep(desk.timing.card_poll)

        try:
            await desk.within(desk.waits.card_wait, desk.meanwhile(lift, lifted(reader, desk)))
            await desk.within(desk.waits.card_wait, desk.meanwhile(put, there()))
        except TimeoutError:
            raise Fault("id_card_reader.no_card", Remedy.OTHER_WAY) from None
        return await desk.meanwhile(replace(put, state="reading", seconds_left=0), reader.read())

    async def _known(self, guardian: IdCard, session: Session, desk: Desk) -> None:
        """Raises Fault("identity.not_a_guardian", RETRY): an own, valid card of a grown-up whom the register knows as this child's."""
        assert session.person is not None
        today = desk.now().date()
        grown_up = guardian.valid_on(today) and (guardian.age_on(today) or 0) >= ADULT
        if grown_up and guardian.id_number != session.person.id_number:
            told = await desk.department(session, "PSB-POP.checkGuardian", guardian_name=guardian.name, guardian_number=guardian.id_number)
            if told.data["guardian"]:
                return
        raise Fault("identity.not_a_guardian", Remedy.RETRY)
