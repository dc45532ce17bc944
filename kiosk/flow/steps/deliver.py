"""Hands over what the department gave: the result on the glass, the A4 page, the slip. Prints nothing twice."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.roles import DOCUMENTS, RECEIPTS, Role
from kiosk.flow.desk import Desk
from kiosk.flow.papers import print_certificate, print_slip
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import DeliverView, Sheet
from kiosk.model.faults import Fault
from kiosk.model.item import Kind
from kiosk.model.paper import Certificate, Slip
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

ROLES: dict[str, Role[Any]] = {"certificate": DOCUMENTS, "receipt": RECEIPTS}
ICONS = {"certificate": "file-certificate", "receipt": "receipt-text"}


@dataclass(frozen=True)
class Deliver(Step):
    documents: tuple[str, ...]
    name: ClassVar[str] = "deliver"
    phase: ClassVar[Phase] = Phase.DELIVER

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return tuple(ROLES[document] for document in self.documents)

    async def run(self, session: Session, desk: Desk) -> Session:
        item, data = session.item, session.reply
        results = [(one, str(data[one.name])) for one in item.results if one.name in data]
        rows: tuple[tuple[Text, Text], ...] = tuple(
            (Word(f"item.{item.id}.result.{one.name}"), value) for one, value in results if not one.headline
        )
        if case_no := data.get("case_no"):
            rows = ((Word("deliver.case_no"), str(case_no)), *rows)
        headline = next((Word(f"item.{item.id}.result.{one.name}", value=value) for one, value in results if one.headline), "")
        papers = [(document, index) for document in self.documents for index in range(self._copies(document, session))]
        sheets = [Sheet(title=Word(f"deliver.{document}"), icon=ICONS[document], state="waiting") for document, _ in papers]
        query = item.kind is Kind.QUERY
        working = Word("deliver.working.query" if query else "deliver.working")
        view = DeliverView(title=working, rows=rows, headline=headline, sheets=tuple(sheets))
        done = Word("deliver.done.query" if query else "deliver.done")
        lost: list[Fault] = []
        for place, (document, index) in enumerate(papers):
            sheets[place] = replace(sheets[place], state="printing")
            desk.show(replace(view, sheets=tuple(sheets)))
            try:
                await self._paper(document, index, headline, rows, session, desk)
                sheets[place] = replace(sheets[place], state="done")
            except Fault as fault:
                # The deed is done at the department and stays done: what is not on paper is said, with its number.
                lost.append(fault)
                sheets[place] = replace(sheets[place], state="failed")
        if lost:
            done = Word("deliver.done_without_paper" if len(lost) == len(papers) else "deliver.done_without_some")
        await desk.ask(
            replace(
                view,
                title=done,
                sheets=tuple(sheets),
                note=Word(f"fault.{lost[0].code}") if lost else Word(f"deliver.note.{item.kind.value}"),
                done=True,
            )
        )
        return session

    @staticmethod
    def _copies(document: str, session: Session) -> int:
        return int(session.answers.get("copies", "1")) if document == "certificate" else 1

    async def _paper(
        self, document: str, index: int, headline: Text, rows: tuple[tuple[Text, Text], ...], session: Session, desk: Desk
    ) -> None:
        make: dict[str, Callable[[], Awaitable[None]]] = {
            "certificate": lambda: print_certificate(self._certificate(session, desk), f"{session.visit}-C{index + 1}", session, desk),
            "receipt": lambda: print_slip(self._slip(headline, rows, session, desk), f"{session.visit}-S", session, desk),
        }
        await make[document]()

    def _certificate(self, session: Session, desk: Desk) -> Certificate:
        page = session.reply["document"]
        return Certificate(
            title=page["title"],
            number=page["number"],
            issuer=page["issuer"],
            issued_on=page["issued_on"],
            paragraphs=tuple(page["paragraphs"]),
            holder=page["holder"],
            columns=tuple(page["columns"]),
            rows=tuple(tuple(row) for row in page["rows"]),
            verify_code=page["verify_code"],
            verify_url=page["verify_url"],
            seal_png=base64.b64decode(page["seal_png"], validate=True),
            station=f"{desk.terminal.name} {desk.terminal.id} · {desk.terminal.place}",
            printed_at=desk.now(),
            specimen=desk.terminal.demo,
        )

    def _slip(self, headline: Text, rows: tuple[tuple[Text, Text], ...], session: Session, desk: Desk) -> Slip:
        item = session.item
        lines: list[tuple[Text, Text]] = [(Word("slip.item"), Word(f"item.{item.id}.title"))]
        if session.person is not None:
            lines.append((Word("slip.person"), session.person.masked_name))
        if headline:
            lines.append((Word("slip.result"), headline))
        lines += rows
        if session.paid:
            lines += [(Word("slip.amount"), str(session.quote)), (Word("slip.order_no"), session.order_no)]
        link = str(session.reply.get("ebill_url", ""))
        return Slip(
            title=Word("slip.title"),
            rows=tuple(lines),
            qr=link or session.visit,
            qr_caption=Word("slip.ebill") if link else Word("slip.visit"),
            station=f"{desk.terminal.name} {desk.terminal.id}",
            hotline=desk.terminal.hotline,
            printed_at=desk.now(),
        )
