"""Carries one visit from its first step to its ending: the only place that decides what Back, Leave and a fault mean."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from kiosk.flow.apology import apologise
from kiosk.flow.desk import Desk
from kiosk.flow.holders import serve_holder
from kiosk.flow.stage import Again, Back, Leave, OtherWay, Trail
from kiosk.flow.step import Phase, Proving, Step
from kiosk.flow.ways import compares_photos, open_ways
from kiosk.late import to_its_end
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.session import Session
from kiosk.model.words import Word

NO_PHOTO = frozenset(
    f"identity.{what}"
    for what in ("photo_unreadable", "no_face_on_card", "photo_decoder_stuck", "photo_decoder_crashed", "photo_decoder_unusable")
)


class Ending(Enum):
    SERVED = "served"
    LEFT = "left"
    FAULT = "fault"
    BUG = "bug"


async def visit(session: Session, steps: Sequence[Step], desk: Desk) -> tuple[Ending, Session, str]:
    """Run `steps`. Returns how it ended, the session as it was then, and the fault's code ("" if none).

    Whatever happens, what is owed is paid back, what was taken is handed back, and the ending is in the journal.
    """
    ending, code = Ending.LEFT, ""  # what a visit that was cut off from outside has been
    try:
        ending, session, code = await _walk(session, steps, desk)
    finally:
        await to_its_end(_end(session, ending, code, desk))
    return ending, session, code


async def _end(session: Session, ending: Ending, code: str, desk: Desk) -> None:
    await desk.helping.end()
    await desk.close()
    await desk.card_face.wipe(desk.identity)
    await desk.journal.write(events.VisitEnded(visit=session.visit, ending=ending.value, fault=code))
    log.info("visit.ended", visit=session.visit, ending=ending.value)


async def _walk(session: Session, steps: Sequence[Step], desk: Desk) -> tuple[Ending, Session, str]:
    here, failures = 0, 0
    session = _usual(session, steps, desk)
    walked: set[int] = set()  # which steps the citizen has really met: what is done stays counted
    while here < len(steps):
        step = steps[here]
        if not step.wanted(session):
            here += 1
            continue
        walked.add(here)
        desk.trail = _trail(session, steps, here, walked)
        log.info("visit.step", visit=session.visit, step=step.name)
        if desk.reached is not None:
            await desk.reached(step.name)
        desk.helping.at(session, step)
        try:
            serve_holder(session, desk.now().date())
            session = await step.run(session, desk)
            if session.person is not None:
                desk.door.identify(session.person)
        except Again:
            continue  # with the session it began with; what was counted stays counted
        except Back:
            if step.phase is Phase.IDENTIFY and step.name != "ways" and _chosen(steps, session, walked):
                session, here, failures = _again(session), _ways(steps), 0
                continue
            before = _before(steps, session, here)
            if before is None:
                return Ending.LEFT, session, ""
            here, failures = before, 0
            continue
        except OtherWay:
            if len(session.item.ways) > 1:
                session, here, failures = _again(session), _ways(steps), 0
                continue
            await apologise(Fault("identity.declined", Remedy.LATER), session, desk)
            return Ending.FAULT, session, "identity.declined"
        except Leave:
            # Who walks off with the result in hand, or without rating, has been served.
            return (Ending.SERVED if step.phase >= Phase.DELIVER else Ending.LEFT), session, ""
        except Fault as fault:
            failures += 1
            desk.helping.at(session, None)
            log.error("visit.fault", visit=session.visit, step=step.name, code=fault.code, detail=fault.detail)
            again = step.again(fault, failures) and not session.paid
            if fault.code in NO_PHOTO and not session.sent_away:
                # The card's photo failed, not the person: the face is offered once more, compared by whoever has another one.
                session = replace(session, photo=False)
            elif isinstance(step, Proving) and not (step.repeatable or again) and fault.remedy is Remedy.OTHER_WAY:
                session = replace(session, barred=session.barred | {step.proof})
            other = isinstance(step, Proving) and bool(open_ways(session.item, steps, desk, session.barred, photo=session.photo))
            wish = await apologise(fault, session, desk, again=again, other_way=other and len(session.item.ways) > 1)
            if wish == "retry":
                continue
            if wish == "other_way":
                session, here, failures = _again(session), _ways(steps), 0
                continue
            return Ending.FAULT, session, fault.code
        except Exception as bug:
            desk.helping.at(session, None)
            frame = traceback.extract_tb(bug.__traceback__)[-1]
            log.critical(
                "visit.bug", visit=session.visit, step=step.name, type=type(bug).__name__, where=f"{frame.name}:{frame.lineno}"
            )
            await apologise(Fault("kiosk.bug", Remedy.LATER), session, desk)
            return Ending.BUG, session, "kiosk.bug"
        here, failures = here + 1, 0
    return Ending.SERVED, session, ""


def _usual(session: Session, steps: Sequence[Step], desk: Desk) -> Session:
    """Where one way is open, or where no face is asked for, the usual way is begun without a question; another one stays a touch away."""
    if any(Proof.FACE in way for way in session.item.ways) and not compares_photos(desk):
        session = replace(session, photo=False)
    ways = open_ways(session.item, steps, desk, photo=session.photo)
    if session.way or not ways or (len(ways) > 1 and Proof.FACE in ways[0]):
        return session
    return replace(session, way=ways[0])


def _again(session: Session) -> Session:
    """To the choice of ways: what was shown of the way before stays shown, if the new way asks for it too."""
    return replace(session, way=())


def _ways(steps: Sequence[Step]) -> int:
    return next(index for index, step in enumerate(steps) if step.name == "ways")


def _chosen(steps: Sequence[Step], session: Session, walked: set[int]) -> bool:
    """Whether the citizen chose the way on its screen, so that Back leads there."""
    return len(session.item.ways) > 1 and _ways(steps) in walked


def _trail(session: Session, steps: Sequence[Step], here: int, walked: set[int]) -> Trail:
    counted = [index for index, step in enumerate(steps) if step.screen and (index in walked or step.wanted(session))]
    done = [index for index in counted if index <= here]
    return Trail(title=Word(f"item.{session.item.id}.title"), step=max(1, len(done)), of=len(counted))


def _before(steps: Sequence[Step], session: Session, here: int) -> int | None:
    """Back goes to the last step that asks something and keeps the answers; from the first one out of the visit."""
    for index in range(here - 1, -1, -1):
        if Phase.ASK <= steps[index].phase <= Phase.CONFIRM and steps[index].screen and steps[index].wanted(session):
            return index
    return None
