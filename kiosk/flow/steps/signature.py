"""Lets the citizen sign with a finger. A dot is refused in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow import signature
from kiosk.flow.desk import Desk
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import SignatureView
from kiosk.model.item import applies
from kiosk.model.session import Session
from kiosk.model.words import Text, Word


@dataclass(frozen=True)
class Signature(Step):
    """Answers `<input>`: "1"; the picture (PNG) is in `Session.files`."""

    input: str
    name: ClassVar[str] = "signature"
    phase: ClassVar[Phase] = Phase.CONFIRM

    def wanted(self, session: Session) -> bool:
        return any(one.name == self.input and applies(one.when, session.answers) for one in session.item.inputs)

    async def run(self, session: Session, desk: Desk) -> Session:
        message: Text = ""
        while True:
            answer = await desk.ask(
                SignatureView(title=Word("signature.title"), text=Word("signature.text"), message=message, can_back=True)
            )
            drawn = signature.strokes(str(answer.get("strokes", "")))
            if signature.is_written(drawn):
                break
            message = Word("signature.too_short")
        png = signature.picture(drawn)
        return replace(session, answers={**session.answers, self.input: "1"}, files={**session.files, self.input: (png,)})
