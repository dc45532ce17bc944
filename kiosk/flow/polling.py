"""The opinion poll on the first screen: asked of nobody in particular, answered with one touch, counted and thanked for."""

from __future__ import annotations

from datetime import timedelta

from kiosk.flow.desk import Desk
from kiosk.flow.views import Asking, Choice
from kiosk.model import events
from kiosk.model.poll import Poll
from kiosk.model.words import Word

THANKS = timedelta(seconds=60)  # before it is asked again: one person's second touch is not a second opinion


def asking(poll: Poll | None, desk: Desk) -> Asking | None:
    """What stands on the first screen just now; None: nothing is asked today."""
    if poll is None or not poll.on(desk.now().date()):
        return None
    choices = tuple(Choice(id=id, title=Word(f"poll.answer.{id}")) for id in poll.answers)
    return Asking(question=Word("poll.question"), choices=choices, thanked=_thanked(desk))


async def answered(poll: Poll | None, answer: str, desk: Desk) -> None:
    """One row in the journal: which poll and which answer, of no visit and no person. An answer nobody offered is none."""
    if poll is None or answer not in poll.answers or not poll.on(desk.now().date()) or _thanked(desk):
        return
    desk.polled = desk.now()
    await desk.journal.write(events.PollAnswered(poll=poll.id, answer=answer))


def _thanked(desk: Desk) -> bool:
    return desk.polled is not None and desk.now() - desk.polled < THANKS
