"""A code by text message to the number that is registered for this person: single use, five minutes, three tries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.checks import check
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Back
from kiosk.flow.step import Proving
from kiosk.flow.views import Choice, Field, FormView, WorkingView
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Input, InputType, Proof
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

MOBILE = Input(name="mobile", type=InputType.PHONE)
TRIES = 3


@dataclass(frozen=True)
class SecondFactor(Proving):
    name: ClassVar[str] = "second_factor"
    proof: ClassVar[Proof] = Proof.SMS_OTP
    repeatable: ClassVar[bool] = False  # three codes are enough; endless tries are how codes are guessed

    @property
    def operations(self) -> frozenset[str]:
        return frozenset({"SMS.send", "SMS.verify"})

    async def run(self, session: Session, desk: Desk) -> Session:
        sent = 0
        mobile = session.profile.get("mobile", "")
        error: Text = ""
        while True:
            mobile = await self._mobile(mobile, error, desk)
            session = replace(session, answers={**session.answers, "mobile": mobile})
            try:
                sent, session = await self._proved(sent, session, desk)
            except Back:
                error = ""
                continue
            except Fault as fault:
                if fault.code != "backoffice.refused.mobile_unknown":
                    raise
                error = Word("otp.mobile_unknown")  # said beside the number: it may be a slip of the finger
                continue
            await desk.journal.write(events.CodeVerified(visit=session.visit))
            return replace(session, proofs=session.proofs | {self.proof}, profile={**session.profile, "mobile": mobile})

    async def _mobile(self, draft: str, error: Text, desk: Desk) -> str:
        errors: Mapping[str, Text] = {"mobile": error} if error else {}
        while True:
            view = FormView(
                title=Word("otp.title"),
                lead=Word("otp.lead"),
                fields=(Field(name="mobile", type="phone", label=Word("otp.mobile")),),
                values={"mobile": draft},
                errors=errors,
                can_back=True,
            )
            draft = str((await desk.ask(view)).get("mobile", "")).strip()
            wrong = check(MOBILE, draft, frozenset(), desk.now().date())
            if not wrong:
                return draft
            errors = {"mobile": wrong}

    async def _proved(self, sent: int, session: Session, desk: Desk) -> tuple[int, Session]:
        """Send a code and have it typed. Raises Back to the number, and Fault("identity.code_failed") after three wrong ones."""
        sent = await self._send(sent, session, desk)
        errors: Mapping[str, Text] = {}
        left = TRIES
        while True:
            answer = await desk.ask(
                FormView(
                    title=Word("otp.code.title"),
                    lead=Word("otp.code.lead", tail=session.answers["mobile"][-4:]),
                    fields=(Field(name="otp", type="otp", label=Word("otp.code")),),
                    values={"otp": ""},
                    errors=errors,
                    offers=(Choice(id="resend", title=Word("otp.resend"), icon="refresh"),),
                    can_back=True,
                )
            )
            if answer.get("offer") == "resend":
                sent, errors = await self._send(sent, session, desk), {}
                continue
            code = str(answer.get("otp", "")).strip()
            if not (len(code) == 6 and code.isascii() and code.isdigit()):
                errors = {"otp": Word("otp.six_digits")}
                continue
            desk.show(WorkingView(title=Word("otp.checking")))
            try:
                await desk.department(session, "SMS.verify", key=f"{session.visit}-O{sent}-{TRIES - left}", code=code, otp_no=str(sent))
                return sent, session
            except Fault as fault:
                if fault.code not in ("backoffice.refused.code_wrong", "backoffice.refused.code_expired"):
                    raise
                left -= fault.code.endswith("wrong")
                if not left:
                    raise Fault("identity.code_failed", Remedy.OTHER_WAY) from None
                errors = {"otp": Word("otp.wrong", left=left) if fault.code.endswith("wrong") else Word("otp.expired")}

    async def _send(self, sent: int, session: Session, desk: Desk) -> int:
        if sent >= TRIES:
            raise Fault("identity.code_failed", Remedy.OTHER_WAY)
        desk.show(WorkingView(title=Word("otp.sending")))
        await desk.department(session, "SMS.send", key=f"{session.visit}-M{sent + 1}", otp_no=str(sent + 1))
        return sent + 1
