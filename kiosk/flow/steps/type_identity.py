"""Name and number, typed: for who has no card at hand. It says who somebody claims to be; another proof goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.checks import check, kept
from kiosk.flow.desk import Desk
from kiosk.flow.step import Proving
from kiosk.flow.views import Field, FormView
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Input, InputType, Proof
from kiosk.model.person import Person
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

NAME = Input(name="name", type=InputType.TEXT, pattern="han_name", min=2, max=50)
NUMBER = Input(name="id_number", type=InputType.ID_NUMBER)


@dataclass(frozen=True)
class TypeIdentity(Proving):
    name: ClassVar[str] = "type_identity"
    proof: ClassVar[Proof] = Proof.TYPED

    async def run(self, session: Session, desk: Desk) -> Session:
        drafts = {NAME.name: "", NUMBER.name: ""}
        errors: Mapping[str, Text] = {}
        fields = (
            Field(name=NAME.name, type="text", label=Word("identity.name"), hint=Word("identity.name.hint"), pattern="han_name", max=50),
            Field(name=NUMBER.name, type="id_number", label=Word("identity.id_number")),
        )
        while True:
            answer = await desk.ask(
                FormView(
                    title=Word("identity.title"), lead=Word("identity.lead"), fields=fields, values=drafts, errors=errors, can_back=True
                )
            )
            drafts = {one.name: str(answer.get(one.name, "")) for one in (NAME, NUMBER)}
            found = {one.name: check(one, drafts[one.name], frozenset(), desk.now().date()) for one in (NAME, NUMBER)}
            errors = {name: error for name, error in found.items() if error}
            if not errors:
                person = Person(name=kept(NAME, drafts["name"]), id_number=kept(NUMBER, drafts["id_number"]))
                if session.person is not None and session.person.id_number != person.id_number:
                    raise Fault("identity.another_person", Remedy.OTHER_WAY)
                return replace(session, person=person, proofs=session.proofs | {self.proof})
