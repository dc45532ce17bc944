"""The door itself: id, PIN and one-time code, until they are right or the person goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.flow.desk import Desk
from kiosk.model.words import Text, Word
from kiosk.technician.gate import Gate, Refused, Session
from kiosk.technician.glass.views import ServiceDoorView
from kiosk.technician.roster import Role


async def entrance(gate: Gate, desk: Desk) -> Session:
    """Raises Back and Leave: whoever stood there went. A volunteer may come in, too: what opens then depends on the session's role."""
    messages: tuple[Text, ...] = ()
    tries = 0
    while True:
        answer = await desk.ask(ServiceDoorView(messages=messages, tries=tries))
        desk.show(ServiceDoorView(tries=tries, checking=True, watched=False))
        id, pin, code = (str(answer.get(name, "")).strip() for name in ("id", "pin", "code"))
        try:
            return await gate.enter(id.lower(), pin, code, desk.journal, roles=tuple(Role))
        except Refused as refused:
            messages = said(refused, desk.now())
            tries += 1


def said(refused: Refused, now: datetime) -> tuple[Text, ...]:
    """Why, and from when on it is worth trying."""
    if refused.why == "locked":
        return (Word("gate.locked.next"),)
    if refused.why == "role":
        return (Word("gate.role"),)
    until = now + timedelta(seconds=refused.wait + 1)
    waiting = Word("gate.waiting", until=f"{until:%H:%M:%S}" if refused.wait < 3600 else f"{until:%m-%d %H:%M}")
    return (waiting,) if refused.why == "waiting" else (Word(f"gate.{refused.why}"), waiting)
