"""Shows everything that will be sent, and the amount, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.flow.checks import shown
from kiosk.flow.desk import Desk
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
        item = session.item
        costs = session.quote is not None and session.quote.fen > 0
        rows: list[tuple[Text, Text]] = [(Word("review.item"), Word(f"item.{item.id}.title"))]
        if session.person is not None:
            rows += [(Word("review.person"), session.person.masked_name), (Word("review.id_number"), session.person.masked_number)]
        rows += [(self._label(item, one), self._said(one, session)) for one in item.inputs if self._told(one, session)]
        await desk.ask(
            ReviewView(
                title=Word("review.title"),
                rows=tuple(rows),
                amount=str(session.quote) if costs else "",
                facts=session.facts,
                note=Word("review.note.pay") if costs else Word(f"review.note.{item.kind.value}"),
                go=Word("review.go.pay") if costs else Word(f"review.go.{item.kind.value}"),
                can_back=True,
            )
        )
        return session

    @staticmethod
    def _said(one: Input, session: Session) -> Text:
        return session.labels.get(one.name) or shown(session.answers, session.item.id, one)

    @staticmethod
    def _told(one: Input, session: Session) -> bool:
        return applies(one.when, session.answers) and (one.required or bool(session.answers.get(one.name)))

    @staticmethod
    def _label(item: Item, one: Input) -> Word:
        """On the form a lookup asks ("choose the fine"); here it says what the chosen number is."""
        return Word(f"item.{item.id}.{one.name}" + (".number" if one.type is InputType.LOOKUP else ""))
