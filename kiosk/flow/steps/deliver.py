"""Hands over what the department gave: the result on the glass, the A4 page, the slip. Prints nothing twice."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.roles import DOCUMENTS, RECEIPTS, Role
from kiosk.flow.desk import Desk
from kiosk.flow.papers import print_certificate, print_slip
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import DeliverView, Record, Sheet
from kiosk.model.faults import Fault
from kiosk.model.item import Kind, Output
from kiosk.model.paper import Certificate, Slip
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

Rows = tuple[tuple[Text, Text], ...]
ROLES: dict[str, Role[Any]] = {"certificate": DOCUMENTS, "form": DOCUMENTS, "receipt": RECEIPTS}
ICONS = {"certificate": "file-certificate", "form": "file-document", "receipt": "receipt-text"}


@dataclass(frozen=True)
class Deliver(Step):
    outputs: tuple[Output, ...]
    name: ClassVar[str] = "deliver"
    phase: ClassVar[Phase] = Phase.DELIVER

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return tuple(ROLES[one.document] for one in self.outputs)

    async def run(self, session: Session, desk: Desk) -> Session:
        item, data = session.item, session.reply
        results = [(one, str(data[one.name])) for one in item.results if one.name in data and not one.list]
        rows: tuple[tuple[Text, Text], ...] = tuple(
            (Word(f"item.{item.id}.result.{one.name}"), value) for one, value in results if not one.headline
        )
        if case_no := data.get("case_no"):
            rows = ((Word("deliver.case_no"), str(case_no)), *rows)
        headline = next((Word(f"item.{item.id}.result.{one.name}", value=value) for one, value in results if one.headline), "")
        records = self._records(session)
        papers = [(one, index) for one in self.outputs for index in range(self._copies(one.document, session))]
        sheets = [Sheet(title=Word(f"deliver.{one.document}"), icon=ICONS[one.document], state="waiting") for one, _ in papers]
        query = item.kind is Kind.QUERY
        working = Word("deliver.working.query" if query else "deliver.working")
        view = DeliverView(title=working, rows=rows, headline=headline, records=records, sheets=tuple(sheets))
        done = Word("deliver.done.query" if query else "deliver.done")
        lost: list[Fault] = []
        for place, (output, index) in enumerate(papers):
            sheets[place] = replace(sheets[place], state="printing")
            desk.show(replace(view, sheets=tuple(sheets)))
            try:
                await self._paper(output, index, headline, rows, records, session, desk)
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
                note=Word(f"fault.{lost[0].code}") if lost else self._note(session),
                done=True,
            )
        )
        return session

    @staticmethod
    def _copies(document: str, session: Session) -> int:
        """An A4 page only where the department gave one: a case in manual review has none yet."""
        if document == "receipt":
            return 1
        if "document" not in session.reply:
            return 0
        return int(session.answers.get("copies", "1")) if document == "certificate" else 1

    @staticmethod
    def _records(session: Session) -> tuple[Record, ...]:
        return tuple(
            Record(title=str(one["title"]), rows=tuple((str(row["label"]), str(row["value"])) for row in one["rows"]))
            for result in session.item.results
            if result.list
            for one in session.reply.get(result.name, ())
        )

    @staticmethod
    def _note(session: Session) -> Text:
        """What did not come about beside the deed comes first."""
        for operation in session.missing:
            return Word(f"deliver.missing.{operation.partition('.')[0].lower()}")
        if session.item.kind is Kind.CERTIFICATE and "document" not in session.reply:
            return Word("deliver.note.application")
        return Word(f"deliver.note.{session.item.kind.value}")

    async def _paper(
        self, output: Output, index: int, headline: Text, rows: Rows, records: tuple[Record, ...], session: Session, desk: Desk
    ) -> None:
        if output.document == "receipt":
            await print_slip(self._slip(output, headline, rows, records, session, desk), f"{session.visit}-S", session, desk)
        else:
            await print_certificate(self._certificate(session, desk), f"{session.visit}-C{index + 1}", session, desk)

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
            seal_png=base64.b64decode(session.reply["seal_png"], validate=True),
            station=f"{desk.terminal.name} {desk.terminal.id} · {desk.terminal.place}",
            printed_at=desk.now(),
            specimen=desk.terminal.demo,
        )

    def _slip(
        self, output: Output, headline: Text, rows: Rows, records: tuple[Record, ...], session: Session, desk: Desk
    ) -> Slip:
        item = session.item
        lines: list[tuple[Text, Text]] = [(Word("slip.item"), Word(f"item.{item.id}.title"))]
        if session.person is not None:
            lines.append((Word("slip.person"), session.person.masked_name))
        if headline:
            lines.append((Word("slip.result"), headline))
        lines += rows
        if session.paid:
            lines += [(Word("slip.amount"), str(session.quote)), (Word("slip.order_no"), session.order_no)]
        for record in records:
            lines += [(record.title, ""), *record.rows]
        code = str(session.reply.get("qr", "")) if output.qr else ""
        return Slip(
            title=Word("slip.title"),
            rows=tuple(lines),
            qr=code or session.visit,
            qr_caption=Word(f"slip.qr.{output.qr}") if code else Word("slip.visit"),
            station=f"{desk.terminal.name} {desk.terminal.id}",
            hotline=desk.terminal.hotline,
            printed_at=desk.now(),
        )
