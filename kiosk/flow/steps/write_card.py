"""Carries the department's commands to the card and the card's answers back, until the department says that it is written."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any, ClassVar

from kiosk.devices.contactless_reader import RELAY, ContactlessReader
from kiosk.devices.roles import CONTACTLESS, Role
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Leave
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import TouchCardView
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import InputType
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

TRIES = 3
ROUNDS = 12  # of commands and answers; a load takes two


@dataclass(frozen=True)
class WriteCard(Step):
    """Stands behind `submit`: the department has the money and keeps the write under the card's number until it is done, so that
    a card that was lifted, or a line that broke, costs nobody anything: the next reader that meets the card goes on.

    The kiosk understands no command. `Item.card_write` is asked with the answers `card`, `write_no` (1 … 3: which laying down of
    the card), `round` (grows through the visit) and `responses` (hex, with commas; none at the begin of each laying down), and
    answers {"apdus": [hex, …], "done": bool} and at the end "balance_fen". The key of a round is `<visit>-W<round>`.
    """

    name: ClassVar[str] = "write_card"
    phase: ClassVar[Phase] = Phase.SUBMIT
    repeatable: ClassVar[bool] = False  # it has its own three tries

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (CONTACTLESS,)

    def wanted(self, session: Session) -> bool:
        return bool(session.item.card_write)

    async def run(self, session: Session, desk: Desk) -> Session:
        key = f"{session.visit}-W"
        await desk.journal.write(events.SubmitIntent(visit=session.visit, key=key, operation=session.item.card_write))
        try:
            last = await self._written(session, desk)
        except (Fault, Leave) as why:
            await desk.journal.write(events.SubmitUnknown(visit=session.visit, key=key))
            detail = why.code if isinstance(why, Fault) else "left"
            raise Fault("contactless_reader.write_pending", Remedy.STAFF, detail) from None
        await desk.journal.write(events.Submitted(visit=session.visit, key=key))
        told = {name: last[name] for name in ("balance_fen",) if name in last}
        return replace(session, reply={**session.reply, **told})

    async def _written(self, session: Session, desk: Desk) -> Mapping[str, Any]:
        reader = desk.use(CONTACTLESS)
        if RELAY not in reader.capabilities:
            raise Fault("contactless_reader.absent", Remedy.STAFF, "it cannot relay")
        number = next(session.answers[one.name] for one in session.item.inputs if one.type is InputType.NFC_CARD)
        rounds = count(1)
        message: Text = ""
        for write_no in range(1, TRIES + 1):
            await self._there(number, reader, desk, message)
            # Nothing ends this but the card: there is no way back out of a write.
            desk.show(TouchCardView(title=Word("write_card.title"), state="writing", can_leave=False))
            try:
                return await self._relayed({"card": number, "write_no": str(write_no)}, rounds, reader, session, desk)
            except Fault as fault:
                if fault.code != "contactless_reader.removed":
                    raise
                message = Word("write_card.removed")
        raise Fault("contactless_reader.removed", Remedy.RETRY)

    async def _there(self, number: str, reader: ContactlessReader, desk: Desk, message: Text) -> None:
        """Returns when the card that was touched before lies there (again)."""
        view = TouchCardView(
            title=Word("write_card.put"),
            state="again" if message else "waiting",
            message=message,
            seconds_left=round(desk.waits.card_wait),
        )

        async def there() -> None:
            while True:
                wrong: Text = ""
                try:
                    if (found := await reader.find()) == number:
                        return
                    wrong = Word("write_card.other_card", number=number[-4:]) if found else ""
                except Fault as fault:
                    if fault.remedy is not Remedy.RETRY:
                        raise
                    wrong = Word(f"fault.{fault.code}")
                if wrong:
                    desk.show(replace(view, state="again", message=wrong))
                await asyncio.sleep(desk.timing.card_poll)

        try:
            await desk.within(desk.waits.card_wait, desk.meanwhile(view, there()))
        except TimeoutError:
            raise Fault("contactless_reader.no_card", Remedy.RETRY) from None

    async def _relayed(
        self, known: Mapping[str, str], rounds: Iterator[int], reader: ContactlessReader, session: Session, desk: Desk
    ) -> Mapping[str, Any]:
        """Round after round, until the department is done."""
        responses: Sequence[bytes] = ()
        for number in islice(rounds, ROUNDS):
            answered = ",".join(one.hex().upper() for one in responses)
            data = await self._asked({**known, "round": str(number), "responses": answered}, session, desk)
            if data["done"]:
                return data
            responses = await reader.transmit([bytes.fromhex(one) for one in data["apdus"]])
        raise Fault("backoffice.garbage", Remedy.LATER, "no end of rounds")

    async def _asked(self, answers: Mapping[str, str], session: Session, desk: Desk) -> Mapping[str, Any]:
        """The card lies there and waits: a department that did not answer is asked again, with the same key."""
        for left in range(desk.timing.submit_tries - 1, -1, -1):
            try:
                key = f"{session.visit}-W{answers['round']}"
                return (await desk.department(session, session.item.card_write, key=key, **answers)).data
            except Fault as fault:
                if fault.code not in ("backoffice.unknown", "backoffice.asleep") or not left:
                    raise
            await asyncio.sleep(desk.timing.submit_pause)
        raise AssertionError("the last try raises its fault")
