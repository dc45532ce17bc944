"""The store's volunteer confirms with a badge that the person is here. The volunteer sees nobody's data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.roles import CODES, Role
from kiosk.flow.desk import Desk
from kiosk.flow.held import held
from kiosk.flow.step import Proving
from kiosk.flow.views import CodeView
from kiosk.model import events
from kiosk.model.codes import BADGE
from kiosk.model.faults import Fault
from kiosk.model.item import Proof
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

TRIES = 3


@dataclass(frozen=True)
class Witness(Proving):
    name: ClassVar[str] = "witness"
    proof: ClassVar[Proof] = Proof.WITNESS

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (CODES,)

    @property
    def operations(self) -> frozenset[str]:
        return frozenset({"OFFICER.checkBadge"})

    async def run(self, session: Session, desk: Desk) -> Session:
        message: Text = ""
        for left in range(TRIES, 0, -1):
            view = CodeView(
                title=Word("witness.title"),
                text=Word("witness.text"),
                icon="badge-account-horizontal",
                state="again" if message else "waiting",
                message=message,
                seconds_left=round(desk.waits.witness_wait),
                can_back=True,
            )
            badge = await held(BADGE, view, desk, within=desk.waits.witness_wait, nothing="identity.no_witness")
            desk.show(replace(view, state="checking", can_back=False))
            try:
                reply = await desk.department(session, "OFFICER.checkBadge", badge=badge)
            except Fault as fault:
                if fault.code != "backoffice.refused.badge_unknown" or left == 1:
                    raise
                message = Word(f"fault.{fault.code}")
                continue
            told = events.Witnessed(visit=session.visit, badge=str(reply.data["badge_no"]), volunteer=desk.helping.who)
            await desk.journal.write(told)
            return replace(session, proofs=session.proofs | {self.proof})
        raise AssertionError("the last try raises its fault")
