"""Papers for a technician at the glass: the readiness report to sign, the notice for the door of the shop."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from kiosk.devices.roles import DOCUMENTS
from kiosk.flow.desk import Desk
from kiosk.flow.shelf import Shelves
from kiosk.model.faults import Fault
from kiosk.model.words import Word
from kiosk.technician.glass.views import Lamp, ServicePapersView, ServiceTaskView
from kiosk.technician.posting import draw, needed, notice_of, printer
from kiosk.technician.printing import put_on_paper
from kiosk.technician.readiness import Readiness
from kiosk.technician.report import report


def offered(readiness: Readiness) -> ServicePapersView:
    return ServicePapersView(notice="" if needed(readiness) else Word("service.paper.no_notice"))


async def printed(paper: str, readiness: Readiness, shelves: Shelves, desk: Desk) -> ServiceTaskView:
    """Prints `report` or `notice`, in the technician's turn; what to show of it."""
    title = Word(f"service.paper.{paper}")
    role = DOCUMENTS.name if paper == "report" else printer(readiness.devices)
    device = desk.devices.get(role)
    if device is None:
        return _failed(title, Word("service.paper.no_printer"))
    if not desk.turn.take():
        return _failed(title, Word("service.taken"))
    desk.show(ServiceTaskView(title=title, state="working", text=Word("service.paper.printing"), can_back=False, watched=False))
    try:
        with tempfile.TemporaryDirectory(prefix="kiosk-paper-") as folder:
            file = await asyncio.to_thread(_drawn, paper, role, readiness, shelves, Path(folder), desk.stage.language)
            await put_on_paper(device, file)
    except Fault as fault:
        return _failed(title, Word(f"fault.{fault.code}"))
    except OSError as error:
        return _failed(title, Word("check.unreadable", why=type(error).__name__))
    finally:
        desk.turn.give_back()
    done = Lamp(level="good", word=Word("service.done"))
    return ServiceTaskView(title=title, state="done", lamp=done, text=Word("service.paper.out", printer=Word(f"role.{role}")))


def _drawn(paper: str, role: str, readiness: Readiness, shelves: Shelves, folder: Path, language: str) -> Path:
    if paper == "notice":
        return draw(notice_of(readiness, shelves), role, readiness, folder)
    file = folder / "report.pdf"
    file.write_bytes(report(readiness, language))
    return file


def _failed(title: Word, why: Word) -> ServiceTaskView:
    return ServiceTaskView(title=title, state="done", lamp=Lamp(level="bad", word=Word("service.not_done")), text=why)
