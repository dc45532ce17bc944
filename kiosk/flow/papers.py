"""Puts a slip or a page on paper: intent into the journal, then the deed, then what became of it."""

from __future__ import annotations

import asyncio

from kiosk.devices.roles import DOCUMENTS, RECEIPTS
from kiosk.flow.desk import Desk
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.paper import Certificate, Slip
from kiosk.model.session import Session
from kiosk.paper.certificate import to_pdf
from kiosk.paper.slip import raster


async def print_slip(slip: Slip, job: str, session: Session, desk: Desk) -> None:
    """Raises the printer's Fault; the journal has it by then."""
    printer = desk.use(RECEIPTS)
    image = await asyncio.to_thread(raster, slip, desk.stage.language, printer.width)
    await desk.journal.write(events.PrintIntent(visit=session.visit, job=job, document="receipt"))
    try:
        await printer.print(image)
    except Fault as fault:
        await desk.journal.write(events.PrintFailed(visit=session.visit, job=job, code=fault.code))
        raise
    await desk.journal.write(events.Printed(visit=session.visit, job=job))


async def print_certificate(certificate: Certificate, job: str, session: Session, desk: Desk) -> None:
    """The page carries the visit as its owner, so that it can never come out for somebody else."""
    printer = desk.use(DOCUMENTS)
    pdf = await asyncio.to_thread(to_pdf, certificate)
    await desk.journal.write(events.PrintIntent(visit=session.visit, job=job, document="certificate"))
    try:
        await printer.print(pdf, job=job, owner=session.visit)
    except Fault as fault:
        await desk.journal.write(events.PrintFailed(visit=session.visit, job=job, code=fault.code))
        raise
    await desk.journal.write(events.Printed(visit=session.visit, job=job))
