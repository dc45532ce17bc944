"""Shows everything that will be sent, and the amount, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.checks import shown
from kiosk.flow.desk import Desk
from kiosk.flow.papers import no_paper
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import ReviewView
from kiosk.model.item import Input, InputType, Item, applies
from kiosk.model.session import Session
from kiosk.model.words import Text, Word


@dataclass(frozen=True)
class Review(Step):
    name: ClassVar[str] = "review"
    phase: ClassVar[Phase] = Phase.CONFIRM

    async def run(self, session: Session, desk: Desk) -> Session:
        session, signed = self._unsigned(session)
        item = session.item
        costs = session.quote is not None and session.quote.fen > 0
        rows: list[tuple[Text, Text]] = [(Word("review.item"), Word(f"item.{item.id}.title"))]
        if session.person is not None:
            rows += [(Word("review.person"), session.person.masked_name), (Word("review.id_number"), session.person.masked_number)]
        rows += [(self._label(item, one), self._said(one, session)) for one in item.inputs if self._told(one, session)]
        then = "sign" if signed else "pay" if costs else item.kind.value
        # Before anything is paid, not after it: a roll that ended since the last slip is noticed by nobody else.
        lacking = await no_paper(item.outputs, desk) if costs else None
        await desk.ask(
            ReviewView(
                title=Word("review.title"),
                rows=tuple(rows),
                amount=str(session.quote) if costs else "",
                facts=session.facts,
                note=Word("review.note.no_slip" if lacking else f"review.note.{then}"),
                go=Word(f"review.go.{then}"),
                can_back=True,
            )
        )
        return session

    @staticmethod
    def _unsigned(session: Session) -> tuple[Session, bool]:
        """A signature given before going back was for what was reviewed then: it is asked for anew. Whether one will be asked for."""
        signatures = {one.name for one in session.item.inputs if one.type is InputType.SIGNATURE}
        wanted = any(one.name in signatures and applies(one.when, session.answers) for one in session.item.inputs)
        answers = {name: value for name, value in session.answers.items() if name not in signatures}
        files = {name: pictures for name, pictures in session.files.items() if name not in signatures}
        return replace(session, answers=answers, files=files), wanted

    @staticmethod
    def _said(one: Input, session: Session) -> Text:
        return session.labels.get(one.name) or shown(session.answers, session.item.id, one)

    @staticmethod
    def _told(one: Input, session: Session) -> bool:
        if one.type is InputType.SIGNATURE or not applies(one.when, session.answers):
            return False
        return one.required or bool(session.answers.get(one.name))

    @staticmethod
    def _label(item: Item, one: Input) -> Word:
        """On the form a lookup asks ("choose the fine"); here it says what the chosen number is."""
        return Word(f"item.{item.id}.{one.name}" + (".number" if one.type is InputType.LOOKUP else ""))
