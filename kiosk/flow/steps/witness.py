"""The store's volunteer confirms with a badge that the person is here. The volunteer sees nobody's data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.roles import CODES, Role
from kiosk.flow.desk import Desk
from kiosk.flow.held import known
from kiosk.flow.step import Proving
from kiosk.flow.views import CodeView
from kiosk.model import events
from kiosk.model.codes import BADGE
from kiosk.model.item import Proof
from kiosk.model.session import Session
from kiosk.model.words import Word


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
        view = CodeView(
            title=Word("witness.title"),
            text=Word("witness.text"),
            icon="badge-account-horizontal",
            state="waiting",
            seconds_left=round(desk.waits.witness_wait),
            can_back=True,
        )
        reply = await known(
            BADGE,
            view,
            desk,
            lambda badge: desk.department(session, "OFFICER.checkBadge", badge=badge),
            within=desk.waits.witness_wait,
            nothing="identity.no_witness",
            unknown="badge_unknown",
        )
        told = events.Witnessed(visit=session.visit, badge=str(reply.data["badge_no"]), volunteer=desk.helping.who)
        await desk.journal.write(told)
        return replace(session, proofs=session.proofs | {self.proof})
