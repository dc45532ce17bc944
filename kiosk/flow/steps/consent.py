"""Asks, apart from everything else and unticked, whether the card may be read and the face compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.desk import Desk
from kiosk.flow.stage import OtherWay
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import ConsentView
from kiosk.model import events
from kiosk.model.item import Proof
from kiosk.model.session import Session
from kiosk.model.words import Word

WORDING = "2026-11"  # changes with every change of the texts `consent.*`; kept three years beside the answer (PIPL art 56)


ICONS = {"face": "face-recognition", "face_remote": "face-recognition", "officer": "face-agent", "net_cert": "qrcode-scan"}


def purpose(session: Session) -> str:
    """The most that the chosen way takes from somebody: the wording to agree to."""
    way = session.way
    if Proof.FACE in way:
        return "face_remote" if session.sent_away else "face"
    for proof, what in ((Proof.OFFICER, "officer"), (Proof.NET_CERT, "net_cert"), (Proof.ID_CARD, "card")):
        if proof in way:
            return what
    return "typed"


@dataclass(frozen=True)
class Consent(Step):
    """人脸识别技术应用安全管理办法 arts 5, 6, 10: a screen of its own, both answers alike, no pressure."""

    name: ClassVar[str] = "consent"
    phase: ClassVar[Phase] = Phase.IDENTIFY

    def wanted(self, session: Session) -> bool:
        return purpose(session) not in session.consents

    async def run(self, session: Session, desk: Desk) -> Session:
        what = purpose(session)
        points = ("purpose", "kinds", "local", "kept", "rights") if what == "face" else ("purpose", "kinds", "kept", "rights")
        answer = await desk.ask(
            ConsentView(
                title=Word(f"consent.{what}.title"),
                lead=Word(f"consent.{what}.lead"),
                points=tuple(Word(f"consent.{what}.{point}") for point in points),
                yes=Word(f"consent.{what}.yes"),
                no=Word(f"consent.{what}.no"),
                icon=ICONS.get(what, "card-account-details"),
                can_back=True,
            )
        )
        if answer.get("consent") != "yes":
            raise OtherWay
        await desk.journal.write(events.Consented(visit=session.visit, purpose=f"{what}:{session.item.id}", wording=WORDING))
        return replace(session, consents=session.consents | {what})
