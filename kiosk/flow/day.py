"""One serving process: the attract screen, finding a service, one visit, goodbye."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.roles import DOCUMENTS
from kiosk.flow.desk import Desk, Terminal
from kiosk.flow.plan import plan
from kiosk.flow.shelf import Shelves
from kiosk.flow.stage import Back, Leave
from kiosk.flow.views import AttractView, GoodbyeView, Tile, WorkingView
from kiosk.flow.visit import Ending, visit
from kiosk.log import log
from kiosk.model.item import Item
from kiosk.model.session import Session
from kiosk.model.words import Word


@dataclass(frozen=True, kw_only=True)
class Served:
    """How the one visit of this process ended, for the supervisor and the tour."""

    item: str
    visit: str
    ending: Ending
    code: str = ""


async def day(shelves: Shelves, desk: Desk) -> Served:
    """Wait for somebody, serve one visit, say goodbye. Nothing of the person outlives the return: the process ends then."""
    item = None
    while item is None:
        await desk.ask(attract(shelves, desk.terminal))
        if desk.ready is not None and not desk.ready.done():
            desk.show(WorkingView(title=Word("day.preparing")))
            await desk.ready
        try:
            item = await _find(shelves, desk)
        except Leave:
            continue
    return await serve(item, desk)


async def serve(item: Item, desk: Desk) -> Served:
    """One visit for `item`, from its first row in the journal to goodbye."""
    id = await desk.journal.begin(item.id)
    log.info("visit.started", visit=id, item=item.id)
    printer = desk.devices.get(DOCUMENTS.name)
    if isinstance(printer, DocumentPrinter):
        printer.serve(id)
    ending, session, code = await visit(Session(visit=id, item=item), plan(item), desk)
    desk.trail = None
    if isinstance(printer, DocumentPrinter):
        await printer.purge()
    await _goodbye(ending, session, desk)
    return Served(item=item.id, visit=id, ending=ending, code=code)


def attract(shelves: Shelves, terminal: Terminal) -> AttractView:
    return AttractView(
        station=terminal.name,
        place=terminal.place,
        hotline=terminal.hotline,
        demo=terminal.demo,
        items=sum(len(department.items) for department in shelves.departments),
    )


async def _find(shelves: Shelves, desk: Desk) -> Item | None:
    """Home, shelves, the page of an item, and back again; None = back to the attract screen."""
    while True:
        try:
            answer = await desk.ask_live(lambda: shelves.home(desk))
        except Back:
            return None
        chosen = await _from(answer, shelves, desk)
        if chosen is not None:
            return chosen


async def _from(answer: object, shelves: Shelves, desk: Desk) -> Item | None:
    """What the choice on the home screen leads to; None = back to it."""
    choice = dict(answer) if isinstance(answer, dict) else {}
    if "item" in choice:
        return await _page(str(choice["item"]), shelves, desk)
    while True:
        shelf = shelves.shelf(str(choice.get("shelf", "")), desk)
        if shelf is None:
            return None
        try:
            picked = await desk.ask(shelf)
        except Back:
            return None
        chosen = await _page(str(picked.get("item", "")), shelves, desk)
        if chosen is not None:
            return chosen


async def _page(id: str, shelves: Shelves, desk: Desk) -> Item | None:
    """The page of the item; None = back to where it was chosen."""
    item = shelves.item(id)
    if item is None:
        return None
    try:
        await desk.ask_live(lambda: shelves.page(item, desk))
    except Back:
        return None
    return item


async def _goodbye(ending: Ending, session: Session, desk: Desk) -> None:
    take = []
    if session.person is not None:
        take.append(Tile(id="card", title=Word("goodbye.card"), icon="card-account-details"))
    if ending is Ending.SERVED and session.item.outputs:
        take.append(Tile(id="paper", title=Word("goodbye.paper"), icon="file-document-multiple"))
    view = GoodbyeView(
        title=Word("goodbye.title" if ending is Ending.SERVED else "goodbye.ended"),
        take=tuple(take),
        note=Word("goodbye.note"),
        seconds=desk.timing.goodbye,
    )
    try:
        await desk.ask(view)
    except (Back, Leave):
        return
