"""Lets the citizen sign with a finger, or declare with a key what the finger would have signed. A dot is refused in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow import signature
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Back
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import DeclareView, SignatureView
from kiosk.model import declaration, events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import applies, way_name
from kiosk.model.session import Session
from kiosk.model.words import Text, Word


@dataclass(frozen=True)
class Signature(Step):
    """Answers `<input>`: "hand" or "keys"; the picture (PNG) or the declaration (JSON) is in `Session.files`."""

    input: str
    name: ClassVar[str] = "signature"
    phase: ClassVar[Phase] = Phase.CONFIRM

    def wanted(self, session: Session) -> bool:
        return any(one.name == self.input and applies(one.when, session.answers) for one in session.item.inputs)

    async def run(self, session: Session, desk: Desk) -> Session:
        message: Text = ""
        text = Word(f"item.{session.item.id}.{self.input}.by_hand" if self._by_hand(session) else "signature.text")
        while True:
            answer = await desk.ask(SignatureView(title=Word("signature.title"), text=text, message=message, can_back=True))
            if answer.get("by") == declaration.KEYS:
                message = ""
                try:
                    return await self._declared(session, desk)
                except Back:
                    continue
            drawn = signature.strokes(str(answer.get("strokes", "")))
            if signature.is_written(drawn):
                return self._signed(session, declaration.HAND, signature.picture(drawn))
            message = Word("signature.too_short")

    async def _declared(self, session: Session, desk: Desk) -> Session:
        """Read, pressed, and pressed once more. Raises Back to the sheet; Fault where a hand is insisted on, or nobody is known."""
        person = session.person
        if person is None or self._by_hand(session):
            raise Fault("signature.by_hand", Remedy.RETRY)
        way, item = way_name(session.way), session.item.id
        read = DeclareView(
            title=Word("declare.title"),
            text=Word("declare.statement", item=Word(f"item.{item}.title")),
            rows=(
                (Word("review.person"), person.masked_name),
                (Word("review.id_number"), person.masked_number),
                (Word("declare.known_by"), Word(f"way.{way}")),
            ),
            can_back=True,
        )
        sure = replace(read, state="sure", title=Word("declare.sure.title"), text=Word("declare.sure.text"), rows=())
        while True:
            await desk.ask(read)
            try:
                await desk.ask(sure)
            except Back:
                continue
            break
        made = declaration.Declaration(
            name=person.name,
            id_number=person.masked_number,
            item=item,
            made_at=desk.now(),
            known_by=way,
            sha256=declaration.reviewed(session.item, session.answers),
        )
        await desk.journal.write(events.DeclaredByKeys(visit=session.visit, item=item, way=way))
        return self._signed(session, declaration.KEYS, made.written())

    def _by_hand(self, session: Session) -> bool:
        return any(one.name == self.input and one.by_hand for one in session.item.inputs)

    def _signed(self, session: Session, how: str, what: bytes) -> Session:
        return replace(session, answers={**session.answers, self.input: how}, files={**session.files, self.input: (what,)})
