"""One serving process: the attract screen, finding a service, one visit, goodbye."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.roles import DOCUMENTS
from kiosk.flow.card_left import call_after
from kiosk.flow.desk import Desk
from kiosk.flow.guide import show_guide
from kiosk.flow.papers import call_back
from kiosk.flow.plan import plan
from kiosk.flow.polling import answered, asking
from kiosk.flow.shelf import Shelves
from kiosk.flow.stage import Back, Leave
from kiosk.flow.steps.deliver import ROLES as PAPERS
from kiosk.flow.views import AttractView, GoodbyeView, Tile, WorkingView
from kiosk.flow.visit import Ending, visit
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.item import Item, Proof
from kiosk.model.layout import Side
from kiosk.model.session import Session
from kiosk.model.words import Word

REMINDERS = 2
QUIET = 15.0  # seconds between two looks at what cannot be had, while nobody is here


@dataclass(frozen=True, kw_only=True)
class Served:
    """How the one visit of this process ended, for the supervisor and the tour."""

    item: str
    visit: str
    ending: Ending
    code: str = ""


async def day(shelves: Shelves, desk: Desk) -> Served:
    """Wait for somebody, serve one visit, say goodbye. Nothing of the person outlives the return: the process ends then."""
    desk.stage.attach_listener(desk.panel)
    try:
        return await _day(shelves, desk)
    finally:
        await desk.call.close()


async def _day(shelves: Shelves, desk: Desk) -> Served:
    item = None
    while item is None:
        desk.call.forget()
        answer = await desk.ask_live(partial(attract, shelves, desk), every=QUIET)
        if "service" in answer:
            await _service(desk)
            continue
        if "poll" in answer:
            await answered(shelves.poll, str(answer["poll"]), desk)
            continue
        if desk.ready is not None and not desk.ready.done():
            desk.show(WorkingView(title=Word("day.preparing")))
            await desk.ready
        try:
            item = await _find(shelves, desk)
        except Leave:
            continue
    try:
        served, session = await serve(item, desk, None)
        while (item := await _goodbye(served, session, shelves, desk)) is not None:
            served, session = await serve(item, desk, session)
        await call_after(session, desk)
        await _remind(served.visit, desk)
    finally:
        desk.door.forget()
        desk.announcer.rest()
    return served


async def _service(desk: Desk) -> None:
    """The service door: between visits only, and no visit begins before it is shut."""
    if desk.service is not None:
        with suppress(Back, Leave):
            await desk.service(desk)


async def _remind(visit: str, desk: Desk) -> None:
    """What lies in the tray is asked for twice more, then staff are told (F-27). Most printers cannot see their tray."""
    printer = desk.devices.get(DOCUMENTS.name)
    if not isinstance(printer, DocumentPrinter):
        return
    with suppress(Fault):
        for _ in range(REMINDERS):
            if not await printer.left():
                return
            view = GoodbyeView(
                title=Word("goodbye.left"),
                take=(Tile(id="paper", title=Word("goodbye.paper"), icon="file-document-multiple"),),
                note=Word("goodbye.left.note"),
                seconds=desk.waits.goodbye,
            )
            with suppress(Back, Leave):
                async with desk.announcer.calling(view, desk.timing.call):
                    await desk.ask(view)
        if await printer.left():
            await desk.journal.write(events.PaperLeft(visit=visit))


async def serve(item: Item, desk: Desk, before: Session | None) -> tuple[Served, Session]:
    """One item, from its first row in the journal to its end. Who showed `before` who they are is not asked again."""
    while desk.turn.technician:
        desk.show(WorkingView(title=Word("day.tested")))
        await asyncio.sleep(0.5)
    desk.turn.visit = True
    if desk.watch is not None:  # from here on the reader is the visit's
        desk.watch.cancel()
        await asyncio.gather(desk.watch, return_exceptions=True)
    try:
        return await _serve(item, desk, before)
    finally:
        desk.turn.visit = False


async def _serve(item: Item, desk: Desk, before: Session | None) -> tuple[Served, Session]:
    id = await desk.journal.begin(item.id)
    log.info("visit.started", visit=id, item=item.id)
    session = _session(id, item, before)
    desk.door.open(session.nonce)
    desk.serving = (id, item.id)
    try:
        ending, session, code = await visit(session, plan(item), desk)
    finally:
        desk.trail = None
        desk.door.close()
        desk.serving = ("", "")
        await call_back(desk, *desk.printers)
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
        guardian=before.guardian,
        photo=before.photo,
        verdict=before.verdict,
        profile=before.profile,
    )


def attract(shelves: Shelves, desk: Desk) -> AttractView:
    """What is closed is known once every device has been tried."""
    terminal = desk.terminal
    return AttractView(
        station=terminal.name,
        place=terminal.place,
        hotline=terminal.hotline,
        hours=terminal.hours,
        keeper=terminal.keeper,
        demo=terminal.demo,
        groups=shelves.groups(),
        closed=shelves.closed(desk) if desk.ready is not None and desk.ready.done() else 0,
        items=sum(len(department.items) for department in shelves.departments),
        poll=asking(shelves.poll, desk),
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
        while "guide" in await desk.ask_live(lambda: shelves.page(item, desk)):
            if await show_guide(item, shelves.page(item, desk), desk):
                break
    except Back:
        return None
    return item


def _slot(item: Item, desk: Desk) -> Side | None:
    """Where its papers come out; None: in more than one place, so that none is drawn."""
    sides = {desk.terminal.layout.of(PAPERS[one.document].name) for one in item.outputs}
    return sides.pop() if len(sides) == 1 else None


async def _goodbye(served: Served, session: Session, shelves: Shelves, desk: Desk) -> Item | None:
    """Take your card, take your paper; or something else too: then which item."""
    take = []
    if Proof.ID_CARD in session.proofs:
        take.append(Tile(id="card", title=Word("goodbye.card"), icon="card-account-details", where=desk.terminal.layout.id_card))
    if served.ending is Ending.SERVED and session.item.outputs:
        take.append(Tile(id="paper", title=Word("goodbye.paper"), icon="file-document-multiple", where=_slot(session.item, desk)))
    then = shelves.item(session.item.then) if served.ending is Ending.SERVED else None
    view = GoodbyeView(
        title=Word("goodbye.title" if served.ending is Ending.SERVED else "goodbye.ended"),
        take=tuple(take),
        note=Word("goodbye.note"),
        more=served.ending is not Ending.BUG,
        then=Word(f"item.{then.id}.title") if then else "",
        seconds=desk.waits.goodbye,
        aloud=bool(take),
    )
    while True:
        try:
            match (await desk.ask(view)).get("more"):
                case "yes":
                    item = await _find(shelves, desk)
                case "then" if then:
                    item = await _page(then.id, shelves, desk)
                case _:
                    return None
        except (Back, Leave):
            return None
        if item is not None:
            return item
