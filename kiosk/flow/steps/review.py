"""Shows everything that will be sent, and the amount, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.flow.checks import shown
from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import ReviewView
from kiosk.model.item import Input, InputType, Item
from kiosk.model.session import Session
from kiosk.model.words import Text, Word


@dataclass(frozen=True)
class Review(Step):
    name: ClassVar[str] = "review"
    phase: ClassVar[Phase] = Phase.CONFIRM

    async def run(self, session: Session, desk: Desk) -> Session:
        item = session.item
        rows: list[tuple[Text, Text]] = [(Word("review.item"), Word(f"item.{item.id}.title"))]
        if session.person is not None:
            rows += [(Word("review.person"), session.person.masked_name), (Word("review.id_number"), session.person.masked_number)]
        rows += [(self._label(item, one), shown(session.answers, item.id, one)) for one in item.inputs]
        await desk.ask(
            ReviewView(
                title=Word("review.title"),
                rows=tuple(rows),
                amount=str(session.quote) if session.quote else "",
                note=Word("review.note.pay") if item.paid else Word(f"review.note.{item.kind.value}"),
                go=Word("review.go.pay") if item.paid else Word(f"review.go.{item.kind.value}"),
                can_back=True,
            )
        )
        return session

    @staticmethod
    def _label(item: Item, one: Input) -> Word:
        """On the form a lookup asks ("choose the fine"); here it says what the chosen number is."""
        return Word(f"item.{item.id}.{one.name}" + (".number" if one.type is InputType.LOOKUP else ""))
