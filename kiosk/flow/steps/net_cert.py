"""网证: the credential of the national identity service, shown as a QR on the citizen's own phone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.roles import CODES, Role
from kiosk.flow.desk import Desk
from kiosk.flow.held import held
from kiosk.flow.step import Proving
from kiosk.flow.views import CodeView
from kiosk.model import events
from kiosk.model.codes import NET_CERT
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.person import Person
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

TRIES = 3


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
        message: Text = ""
        for left in range(TRIES, 0, -1):
            view = CodeView(
                title=Word("net_cert.title"),
                text=Word("net_cert.text"),
                icon="qrcode-scan",
                state="again" if message else "waiting",
                message=message,
                seconds_left=round(desk.waits.card_wait),
                can_back=True,
            )
            code = await held(NET_CERT, view, desk, within=desk.waits.card_wait, nothing="identity.no_code_seen")
            desk.show(replace(view, state="checking", can_back=False))
            try:
                reply = await desk.department(session, "CTID.verifyNetCert", code=code)
            except Fault as fault:
                if fault.code != "backoffice.refused.net_cert_invalid" or left == 1:
                    raise
                message = Word(f"fault.{fault.code}")
                continue
            person = Person(name=str(reply.data["name"]), id_number=str(reply.data["id_number"]))
            if session.person is not None and session.person.id_number != person.id_number:
                raise Fault("identity.another_person", Remedy.OTHER_WAY)
            await desk.journal.write(events.NetCertVerified(visit=session.visit, level=str(reply.data["level"])))
            return replace(session, person=session.person or person, proofs=session.proofs | {self.proof})
        raise AssertionError("the last try raises its fault")
