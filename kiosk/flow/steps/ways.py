"""Asks how the citizen wants to be known: all lawful ways side by side, none of them pressed on anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow import plan
from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import Choice, WaysView
from kiosk.flow.ways import open_ways
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof, way_name
from kiosk.model.session import Session
from kiosk.model.words import Word

ICONS = {
    Proof.FACE: "face-recognition",
    Proof.HOME_VISIT: "home-heart",
    Proof.PAPER: "file-document-edit",
    Proof.OFFICER: "face-agent",
    Proof.NET_CERT: "qrcode-scan",
    Proof.SMS_OTP: "cellphone-message",
    Proof.PASSPORT: "passport",
}


@dataclass(frozen=True)
class Ways(Step):
    name: ClassVar[str] = "ways"
    phase: ClassVar[Phase] = Phase.IDENTIFY

    def wanted(self, session: Session) -> bool:
        return not session.way

    async def run(self, session: Session, desk: Desk) -> Session:
        item = session.item
        await desk.card_face.wipe(desk.identity)  # whoever takes another way leaves no face behind
        ways = open_ways(item, plan.plan(item), desk, session.barred, photo=session.photo)
        if not ways:
            raise Fault("identity.no_way", Remedy.LATER)
        answer = await desk.ask(
            WaysView(
                title=Word("ways.title"),
                lead=Word("ways.lead"),
                ways=tuple(
                    Choice(
                        id=way_name(way),
                        title=Word(f"way.{way_name(way)}"),
                        text=Word("way.face_remote.text" if replace(session, way=way).sent_away else f"way.{way_name(way)}.text"),
                        icon=next((icon for proof, icon in ICONS.items() if proof in way), "card-account-details"),
                    )
                    for way in ways
                ),
                can_back=True,
            )
        )
        chosen = next((way for way in ways if way_name(way) == answer.get("way")), ())
        return replace(session, way=chosen)
