"""网证: the credential of the national identity service, shown as a QR on the citizen's own phone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.roles import CODES, Role
from kiosk.flow.desk import Desk
from kiosk.flow.held import known
from kiosk.flow.step import Proving
from kiosk.flow.views import CodeView
from kiosk.model import events
from kiosk.model.codes import NET_CERT
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.person import Person
from kiosk.model.session import Session
from kiosk.model.words import Word


@dataclass(frozen=True)
class NetCert(Proving):
    name: ClassVar[str] = "net_cert"
    proof: ClassVar[Proof] = Proof.NET_CERT

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (CODES,)

    @property
    def operations(self) -> frozenset[str]:
        return frozenset({"CTID.verifyNetCert"})

    async def run(self, session: Session, desk: Desk) -> Session:
        view = CodeView(
            title=Word("net_cert.title"),
            text=Word("net_cert.text"),
            icon="qrcode-scan",
            state="waiting",
            seconds_left=round(desk.waits.card_wait),
            can_back=True,
        )
        reply = await known(
            NET_CERT,
            view,
            desk,
            lambda code: desk.department(session, "CTID.verifyNetCert", code=code),
            within=desk.waits.card_wait,
            nothing="identity.no_code_seen",
            unknown="net_cert_invalid",
        )
        person = Person(name=str(reply.data["name"]), id_number=str(reply.data["id_number"]))
        if session.person is not None and session.person.id_number != person.id_number:
            raise Fault("identity.another_person", Remedy.OTHER_WAY)
        await desk.journal.write(events.NetCertVerified(visit=session.visit, level=str(reply.data["level"])))
        return replace(session, person=session.person or person, proofs=session.proofs | {self.proof})
