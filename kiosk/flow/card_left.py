"""The card that stays on the reader: its owner is called back, and nobody's visit begins with somebody else's card (F-06).

No reader has a signal for a card that is lifted, and "no card" does not prove it; that a card lies there can be proved.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.roles import ID_CARD
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.stage import Back, Leave
from kiosk.flow.views import GoodbyeView, Tile
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.item import Proof
from kiosk.model.session import Session
from kiosk.model.words import Word


async def before_anybody(desk: Desk) -> None:
    """`desk.card_left` is so while a card lies there that was there when this process began. Runs until it is taken."""
    if desk.ready is not None:
        await asyncio.shield(desk.ready)
    reader = desk.devices.get(ID_CARD.name)
    if not isinstance(reader, IdCardReader) or not reader.health.state.usable:
        return
    with suppress(Fault):
        desk.card_left = await reader.lying()
        await lifted(reader, desk)


async def lifted(reader: IdCardReader, desk: Desk) -> None:
    """Returns when the card that was left lies there no more, or at once if none was. Raises Fault."""
    while desk.card_left:
        await asyncio.sleep(desk.timing.card_lift)
        desk.card_left = await reader.lying()


async def call_after(session: Session, desk: Desk) -> None:
    """After the visit: ask for the card to be taken, until it is or half a minute is over; then the operations centre hears of it."""
    reader = desk.devices.get(ID_CARD.name)
    if Proof.ID_CARD not in session.proofs or not isinstance(reader, IdCardReader):
        return
    with suppress(Fault):  # unplugged by now: whoever took the reader has the card, too
        desk.card_left = await reader.lying()
        if desk.card_left:
            await _called_back(reader, session, desk)


async def _called_back(reader: IdCardReader, session: Session, desk: Desk) -> None:
    view = GoodbyeView(
        title=Word("card_left.title"),
        take=(Tile(id="card", title=Word("goodbye.card"), icon="card-account-details"),),
        note=Word("card_left.note"),
        seconds=round(desk.timing.card_left),
    )
    until = asyncio.get_running_loop().time() + desk.timing.card_left
    taken = asyncio.create_task(asyncio.wait_for(lifted(reader, desk), desk.timing.card_left))
    try:
        async with desk.announcer.calling(view, desk.timing.call):
            while desk.card_left and not taken.done():
                left = until - asyncio.get_running_loop().time()
                with suppress(Answered, Back, Leave, TimeoutError):  # a touch lifts no card
                    await desk.meanwhile(replace(view, seconds=max(1, round(left))), asyncio.shield(taken))
    finally:
        taken.cancel()
        await asyncio.gather(taken, return_exceptions=True)
    if desk.card_left:
        await desk.journal.write(events.CardLeft(visit=session.visit))
