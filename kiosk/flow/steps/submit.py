"""Makes the one write of the visit at the department: intent first, the same key however often it is asked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.backoffice import Reply
from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import WorkingView
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.item import InputType, Kind, applies
from kiosk.model.session import Session
from kiosk.model.words import Word

OF_DOCUMENTS = frozenset({"ESEAL", "ECERT"})  # systems that are asked about the document in the reply


@dataclass(frozen=True)
class Submit(Step):
    name: ClassVar[str] = "submit"
    phase: ClassVar[Phase] = Phase.SUBMIT
    screen: ClassVar[bool] = False

    async def run(self, session: Session, desk: Desk) -> Session:
        key, operation = session.submit_key, session.item.operation_for(session.way)
        title = Word("submit.working.query" if session.item.kind is Kind.QUERY else "submit.working")
        desk.show(WorkingView(title=title, detail=Word(f"unit.{session.item.unit}")))
        await desk.journal.write(events.SubmitIntent(visit=session.visit, key=key, operation=operation))
        try:
            reply = await self._send(operation, session, desk)
        except Fault as fault:
            if fault.code == "backoffice.unknown":
                # The department may have done it: a refund now could give the service away, or take it back unseen.
                desk.settle()
                await desk.journal.write(events.SubmitUnknown(visit=session.visit, key=key))
            else:
                await desk.journal.write(events.SubmitRefused(visit=session.visit, key=key, code=fault.code))
            raise
        await desk.journal.write(events.Submitted(visit=session.visit, key=key))
        for one in session.item.inputs:
            if one.type is InputType.RECORDING and one.name in session.files:
                await desk.journal.write(events.RecordingSent(visit=session.visit, seconds=int(session.answers[one.name])))
        desk.settle()
        return await self._after(replace(session, reply=reply.data), desk)

    async def _after(self, session: Session, desk: Desk) -> Session:
        """Seal, archive, courier: each adds to the reply. The deed stands without them; what is missing is said at the delivery."""
        for number, one in enumerate(session.item.after, 1):
            of_document = one.operation.partition(".")[0] in OF_DOCUMENTS
            if not applies(one.when, session.answers) or (of_document and "document" not in session.reply):
                continue  # a case in manual review has no document yet; without its seal there is none to archive
            key = f"{session.visit}-A{number}"
            await desk.journal.write(events.SubmitIntent(visit=session.visit, key=key, operation=one.operation))
            try:
                reply = await desk.department(session, one.operation, key=key)
            except Fault as fault:
                log.warning("visit.fault", visit=session.visit, step=self.name, code=fault.code, detail=fault.detail)
                await desk.journal.write(events.SubmitRefused(visit=session.visit, key=key, code=fault.code))
                kept = {name: value for name, value in session.reply.items() if not (one.needed and name == "document")}
                session = replace(session, reply=kept, missing=(*session.missing, one.operation))
                continue
            await desk.journal.write(events.Submitted(visit=session.visit, key=key))
            session = replace(session, reply={**session.reply, **reply.data})
        return session

    async def _send(self, operation: str, session: Session, desk: Desk) -> Reply:
        """An unknown outcome is asked about again with the same key, so that twice is once."""
        paid = {"order_no": session.order_no, "amount_fen": str(session.quote.fen)} if session.paid and session.quote else {}
        for left in range(desk.timing.submit_tries - 1, -1, -1):
            try:
                return await desk.department(session, operation, key=session.submit_key, **paid)
            except Fault as fault:
                if fault.code != "backoffice.unknown" or not left:
                    raise
            await asyncio.sleep(desk.timing.submit_pause)
        raise AssertionError("the last try raises its fault")
