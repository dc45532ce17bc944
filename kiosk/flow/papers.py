"""Puts a slip or a page on paper: intent into the journal, then the deed, then what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from kiosk.devices.document_printer import Outcome
from kiosk.devices.printer import Printer
from kiosk.devices.receipt_printer import Part, Raster, ReceiptPrinter
from kiosk.devices.roles import DOCUMENTS, RECEIPTS
from kiosk.flow.desk import Desk
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Output
from kiosk.model.paper import Certificate, Slip
from kiosk.model.session import Session
from kiosk.paper.certificate import to_pdf
from kiosk.paper.holder import check_holder
from kiosk.paper.slip import raster
from kiosk.paper.text_slip import parts


async def print_slip(slip: Slip, job: str, session: Session, desk: Desk, *, reprint: int = 0) -> Outcome:
    """Raises the printer's Fault; the journal has it by then.

    `reprint`: how many strips of this slip may lie about, cut short: the new one says that they are void. One job, so many prints.
    """
    printer = desk.use(RECEIPTS)
    image = await asyncio.to_thread(_written, replace(slip, reprint=reprint, practice=desk.terminal.practice), desk.stage.language, printer)

    async def deed() -> Outcome:
        await printer.print(image, job=job, binding=session.binding)
        return Outcome.PRINTED

    outcome = await _deed(deed, printer, events.PrintIntent(visit=session.visit, job=job, document="receipt", reprint=reprint), desk)
    printer.count(image)
    return outcome


async def no_paper(outputs: Sequence[Output], desk: Desk) -> Fault | None:
    """Asked before anything is sent or paid: what keeps the slip from being printed later. None: it can be.

    Raises the Fault of a printer whose page is the thing itself: a certificate on the glass is none (F-20).
    """
    lacking: Fault | None = None
    for slip in sorted({one.document == "receipt" for one in outputs}):
        try:
            printer: Printer = desk.use(RECEIPTS) if slip else desk.use(DOCUMENTS)
            health = (await printer.check()).health
            if not health.state.usable:
                raise Fault(health.code, Remedy.STAFF)
        except Fault as fault:
            if not slip:
                raise
            lacking = fault
    return lacking


def _written(slip: Slip, language: str, printer: ReceiptPrinter) -> Raster | Sequence[Part]:
    if printer.columns:
        return parts(slip, language, printer.columns, printer.holds)
    return raster(slip, language, printer.width)


async def print_certificate(certificate: Certificate, output: Output, job: str, session: Session, desk: Desk) -> Outcome:
    """What is known of the page now. One that says it is somebody else's is not printed: Fault("paper.wrong_holder", STAFF)."""
    printer = desk.use(DOCUMENTS)
    pdf = await asyncio.to_thread(to_pdf, certificate)

    async def deed() -> Outcome:
        check_holder(certificate, session.person, session.answers[output.holder] if output.holder else "")
        return await printer.print(pdf, job=job, binding=session.binding)

    outcome = await _deed(deed, printer, events.PrintIntent(visit=session.visit, job=job, document="certificate"), desk)
    await asyncio.to_thread(printer.count, pdf)
    return outcome


Deed = Callable[[], Awaitable[Outcome]]


async def _deed(deed: Deed, printer: Printer, intent: events.PrintIntent, desk: Desk) -> Outcome:
    await desk.journal.write(intent)
    try:
        outcome = await _in_time(deed, printer, desk)
    except Fault as fault:
        await call_back(desk, printer)  # what did not come out by now never does
        await desk.journal.write(events.PrintFailed(visit=intent.visit, job=intent.job, code=fault.code))
        raise
    done = events.Printed if outcome is Outcome.PRINTED else events.PrintSent
    await desk.journal.write(done(visit=intent.visit, job=intent.job))
    return outcome


async def _in_time(deed: Deed, printer: Printer, desk: Desk) -> Outcome:
    try:
        async with asyncio.timeout(desk.timing.print_wait):
            return await deed()
    except TimeoutError:
        raise Fault(f"{printer.kind}.unknown", Remedy.STAFF, "no end in time") from None


async def call_back(desk: Desk, *printers: Printer) -> None:
    """Queue and spool are empty afterwards. A printer that could not be told is told again when it is opened, by the next process."""

    async def one(printer: Printer) -> None:
        try:
            async with asyncio.timeout(desk.timing.purge_wait):
                await printer.purge()
        except Fault as fault:
            log.error("device.fault", role=printer.name, code=fault.code, detail=fault.detail)
        except TimeoutError:
            log.error("device.fault", role=printer.name, code="device.stuck", detail="purge")

    await asyncio.gather(*(one(printer) for printer in printers))
