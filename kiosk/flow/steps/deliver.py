"""Hands over what the department gave: the result on the glass, the A4 page, the slip; a slip that was cut short once more."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.document_printer import Outcome
from kiosk.devices.roles import DOCUMENTS, RECEIPTS, Role
from kiosk.flow.desk import Desk
from kiosk.flow.papers import print_certificate, print_slip
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import DeliverView, Record, Sheet
from kiosk.flow.ways import usable
from kiosk.model.declaration import KEYS
from kiosk.model.faults import Fault
from kiosk.model.item import InputType, Kind, Output
from kiosk.model.paper import Certificate, Slip
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

Rows = tuple[tuple[Text, Text], ...]
ROLES: dict[str, Role[Any]] = {"certificate": DOCUMENTS, "form": DOCUMENTS, "receipt": RECEIPTS}
# Faults of a printer before anything moved: the same paper may be tried again by itself.
_NEVER_BEGAN = frozenset(
    f"document_printer.{why}"
    for why in ("absent", "queue_gone", "offline", "stopped", "paper_out", "jammed", "cover_open", "toner_out", "tray_full")
) | frozenset(f"receipt_printer.{why}" for why in ("absent", "paper_out", "cover_open", "cutter", "offline", "silent", "hot"))
Put = Callable[[int, bool], Awaitable[None]]
ICONS = {"certificate": "file-certificate", "form": "file-document", "receipt": "receipt-text"}


@dataclass(frozen=True)
class Deliver(Step):
    outputs: tuple[Output, ...]
    name: ClassVar[str] = "deliver"
    phase: ClassVar[Phase] = Phase.DELIVER

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return tuple(ROLES[one.document] for one in self.outputs)

    @property
    def spares(self) -> tuple[Role[Any], ...]:
        """The slip can be scanned off the glass; a page is the thing itself."""
        return (RECEIPTS,)

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
        slot = desk.terminal.layout.of
        sheets = [
            Sheet(title=Word(f"deliver.{one.document}"), icon=ICONS[one.document], state="waiting", where=slot(ROLES[one.document].name))
            for one, _ in papers
        ]
        query = item.kind is Kind.QUERY
        working = Word("deliver.working.query" if query else "deliver.working")
        view = DeliverView(title=working, rows=rows, headline=headline, records=records, sheets=tuple(sheets))
        lost: dict[int, Fault] = {}
        strips = [0] * len(papers)  # of each paper, cut short: they may lie about

        async def put(place: int, show: bool = True) -> None:
            sheets[place] = replace(sheets[place], state="printing")
            if show:
                desk.show(replace(view, sheets=tuple(sheets)))
            output, index = papers[place]
            try:
                outcome = await self._paper(output, index, slip, strips[place], session, desk)
            except Fault as fault:
                # The deed is done at the department and stays done: what is not on paper is said, with its number.
                lost[place] = fault
                strips[place] += fault.code == "receipt_printer.unknown"
                sheets[place] = replace(sheets[place], state="failed")
            else:
                lost.pop(place, None)
                sheets[place] = replace(sheets[place], state="done" if outcome is Outcome.PRINTED else "sent")

        def told() -> DeliverView:
            """Painted again while it is looked at: a printer that has its paper back says so."""
            again = [place for place in lost if papers[place][0].document == "receipt"]
            return replace(
                view,
                title=self._done(len(lost), len(papers), query),
                sheets=tuple(sheets),
                rows=rows + money if lost else rows,
                note=self._lost(lost, again, desk) if lost else self._note(session),
                qr=slip.qr if again else "",
                again=bool(again),
                done=True,
            )

        money = ((Word("slip.amount"), str(session.quote)), (Word("slip.order_no"), session.order_no)) if session.paid else ()
        slip = self._slip(headline, rows, records, session, desk)
        for place in range(len(papers)):
            await put(place)
        while (await self._looked_at(told, lost, papers, put, desk)).get("again"):
            for place in [place for place in lost if papers[place][0].document == "receipt"]:
                await put(place)
        return session

    @classmethod
    async def _looked_at(
        cls, told: Callable[[], DeliverView], lost: Mapping[int, Fault], papers: Sequence[tuple[Output, int]], put: Put, desk: Desk
    ) -> Mapping[str, Any]:
        """The citizen's answer. While they look, what is missing is printed as soon as its printer is well again (F-22)."""
        coming = asyncio.create_task(cls._once_it_is_back(lost, papers, put, desk))
        try:
            answer = await desk.ask_live(told)
        finally:
            coming.cancel()
            (end,) = await asyncio.gather(coming, return_exceptions=True)
        if isinstance(end, Exception):
            raise end
        return answer

    @staticmethod
    async def _once_it_is_back(lost: Mapping[int, Fault], papers: Sequence[tuple[Output, int]], put: Put, desk: Desk) -> None:
        """For a minute. What may be out already is not printed again by itself."""
        end = asyncio.get_running_loop().time() + desk.timing.paper_wait
        while lost and asyncio.get_running_loop().time() < end:
            for place, fault in list(lost.items()):
                if fault.code in _NEVER_BEGAN and usable(ROLES[papers[place][0].document], desk):
                    await put(place, False)
            await asyncio.sleep(desk.timing.paper_poll)

    @staticmethod
    def _done(lost: int, papers: int, query: bool) -> Word:
        if lost:
            return Word("deliver.done_without_paper" if lost == papers else "deliver.done_without_some")
        return Word("deliver.done.query" if query else "deliver.done")

    @staticmethod
    def _lost(lost: Mapping[int, Fault], again: Sequence[int], desk: Desk) -> Word:
        if again and usable(RECEIPTS, desk):
            return Word("deliver.again.ready")
        return Word(f"fault.{next(iter(lost.values())).code}")

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

    async def _paper(self, output: Output, index: int, slip: Slip, strips: int, session: Session, desk: Desk) -> Outcome:
        if output.document == "receipt":
            return await print_slip(slip, f"{session.visit}-S", session, desk, reprint=strips)
        return await print_certificate(self._certificate(session, desk), output, f"{session.visit}-C{index + 1}", session, desk)

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

    def _slip(self, headline: Text, rows: Rows, records: tuple[Record, ...], session: Session, desk: Desk) -> Slip:
        item = session.item
        lines: list[tuple[Text, Text]] = [(Word("slip.item"), Word(f"item.{item.id}.title"))]
        if session.person is not None:
            lines.append((Word("slip.person"), session.person.masked_name))
        if headline:
            lines.append((Word("slip.result"), headline))
        lines += rows
        if session.paid:
            lines += [(Word("slip.amount"), str(session.quote)), (Word("slip.order_no"), session.order_no)]
        if any(one.type is InputType.SIGNATURE and session.answers.get(one.name) == KEYS for one in item.inputs):
            lines.append((Word("slip.signed"), Word("slip.signed.keys")))
        for record in records:
            lines += [(record.title, ""), *record.rows]
        good_for = next((one.qr for one in self.outputs if one.document == "receipt"), "")
        code = str(session.reply.get("qr", "")) if good_for else ""
        return Slip(
            title=Word("slip.title"),
            rows=tuple(lines),
            qr=code or session.visit,
            qr_caption=Word(f"slip.qr.{good_for}") if code else Word("slip.visit"),
            station=f"{desk.terminal.name} {desk.terminal.id}",
            hotline=desk.terminal.hotline,
            printed_at=desk.now(),
        )
