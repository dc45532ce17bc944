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
from kiosk.model.item import Item, Proof
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
    served, session = await serve(item, desk, None)
    while (item := await _goodbye(served, session, shelves, desk)) is not None:
        served, session = await serve(item, desk, session)
    return served


async def serve(item: Item, desk: Desk, before: Session | None) -> tuple[Served, Session]:
    """One item, from its first row in the journal to its end. Who showed `before` who they are is not asked again."""
    id = await desk.journal.begin(item.id)
    log.info("visit.started", visit=id, item=item.id)
    printer = desk.devices.get(DOCUMENTS.name)
    if isinstance(printer, DocumentPrinter):
        printer.serve(id)
    ending, session, code = await visit(_session(id, item, before), plan(item), desk)
    desk.trail = None
    if isinstance(printer, DocumentPrinter):
        await printer.purge()
    return Served(item=item.id, visit=id, ending=ending, code=code), session


def _session(id: str, item: Item, before: Session | None) -> Session:
    """The same person, known the same way, and what they told already; nothing of the matter before."""
    if before is None:
        return Session(visit=id, item=item)
    return Session(
        visit=id,
        item=item,
        proofs=before.proofs,
        barred=before.barred,
        consents=before.consents,
        person=before.person,
        verdict=before.verdict,
        profile=before.profile,
    )


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


async def _goodbye(served: Served, session: Session, shelves: Shelves, desk: Desk) -> Item | None:
    """Take your card, take your paper; or something else too: then which item."""
    take = []
    if Proof.ID_CARD in session.proofs:
        take.append(Tile(id="card", title=Word("goodbye.card"), icon="card-account-details"))
    if served.ending is Ending.SERVED and session.item.outputs:
        take.append(Tile(id="paper", title=Word("goodbye.paper"), icon="file-document-multiple"))
    view = GoodbyeView(
        title=Word("goodbye.title" if served.ending is Ending.SERVED else "goodbye.ended"),
        take=tuple(take),
        note=Word("goodbye.note"),
        more=served.ending is not Ending.BUG,
        seconds=desk.timing.goodbye,
    )
    while True:
        try:
            if (await desk.ask(view)).get("more") != "yes":
                return None
            item = await _find(shelves, desk)
        except (Back, Leave):
            return None
        if item is not None:
            return item
