"""Asks one page of an item's questions until every answer is one the department can use. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar

from kiosk.devices.roles import MICROPHONE
from kiosk.flow.checks import check, kept, known_places, located
from kiosk.flow.desk import Desk
from kiosk.flow.scanned import offered, scanned
from kiosk.flow.stage import Leave
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import Choice, Field, FormView, Option, WorkingView
from kiosk.flow.ways import answers as answered
from kiosk.flow.ways import usable
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.item import Input, InputType, applies
from kiosk.model.money import Money
from kiosk.model.person import IdCard
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

PROFILE = "PSB-POP.profile"  # what the register knows of this person: asked only where the citizen wants it (一表制)
WORDING = "2026-11"  # of the offer, as in the consent's own
HINTED = (InputType.TEXT, InputType.LOOKUP, InputType.MULTI_SELECT, InputType.STATION, InputType.SLOT)
FACT = {"lookup": "records", "station": "records", "multi_select": "records", "slot": "slots"}


@dataclass(frozen=True)
class Form(Step):
    page: int
    name: ClassVar[str] = "form"
    phase: ClassVar[Phase] = Phase.ASK

    def wanted(self, session: Session) -> bool:
        return bool(self._inputs(session))

    async def run(self, session: Session, desk: Desk) -> Session:
        inputs = self._inputs(session)
        fields = [await self._field(one, inputs, session, desk) for one in inputs]
        settled = self._settled(fields, session, desk)
        if empty := next((field for field in fields if field.type in FACT and field.required and not field.options), None):
            return await self._nothing(session, desk, empty.name)
        choices = {field.name: frozenset(option.value for option in field.options) for field in fields}
        drafts: dict[str, str] = {one.name: session.answers.get(one.name) or self._known(one, session) or one.default for one in inputs}
        drafts |= settled
        errors: Mapping[str, Text] = {}
        today = desk.now().date()
        above, facts = await self._facts(inputs, session, desk)
        while True:
            view = FormView(
                title=Word("form.title"),
                fields=tuple(field for field in fields if field.name not in settled),
                values=dict(drafts),
                errors=errors,
                facts_title=above,
                facts=facts,
                offers=self._offers(inputs, session, desk),
                can_back=True,
            )
            answer = await desk.ask(view)
            drafts |= {**{one.name: str(answer.get(one.name, "")) for one in inputs}, **settled}
            if (offer := answer.get("offer")) in KNOWING:
                session = await KNOWING[str(offer)](session, desk)
                drafts |= {one.name: drafts[one.name] or self._known(one, session) for one in inputs}
                continue
            if wish := next((one for one in inputs if one.scan and one.name == answer.get("scan")), None):
                said, wrong = await scanned(wish, desk)
                session = self._learned(session, said, drafts)
                drafts |= {name: value for name, value in said.items() if name in drafts}
                errors = {wish.name: wrong} if wrong else {}
                continue
            asked = [one for one in inputs if applies(one.when, {**session.answers, **drafts})]
            found = {one.name: check(one, drafts[one.name], choices[one.name], today) for one in asked}
            errors = {name: error for name, error in found.items() if error}
            if not errors:
                given = {one.name: kept(one, drafts[one.name]) for one in asked}
                return self._taken(session, inputs, given, self._labels(fields, given))

    @staticmethod
    def _learned(session: Session, said: Mapping[str, str], drafts: Mapping[str, str]) -> Session:
        """What a code says beside its question answers questions of later pages, where it is one of their answers."""
        asked = {one.name: one.options for one in session.item.inputs if one.name not in drafts}
        more = {name: value for name, value in said.items() if name in asked and value in (asked[name] or (value,))}
        return replace(session, answers={**session.answers, **more})

    def _inputs(self, session: Session) -> Sequence[Input]:
        """The questions of this page that may be asked: those whose condition does not already fail on an earlier page."""
        there = [one for one in session.item.inputs if one.page == self.page and not one.type.captured]
        here = {one.name for one in there}
        return [one for one in there if applies({k: v for k, v in one.when.items() if k not in here}, session.answers)]

    @staticmethod
    def _settled(fields: Sequence[Field], session: Session, desk: Desk) -> Mapping[str, str]:
        """Where all other choices need a microphone that is not there, nothing is left to ask."""
        return {one.name: one.options[0].value for one in fields if len(one.options) == 1 and _unheard(one.name, session, desk)}

    @staticmethod
    def _labels(fields: Sequence[Field], given: Mapping[str, str]) -> Mapping[str, str]:
        """What the chosen records of a department are called, where their numbers say nothing to a citizen (a lookup's do)."""
        found: dict[str, str] = {}
        for field in fields:
            chosen = given.get(field.name, "").split(",")
            names = [f"{one.group} {one.label}" if field.type == "slot" else str(one.label) for one in field.options if one.value in chosen]
            if field.type in FACT and field.type != "lookup" and names and not isinstance(field.options[0].label, Word):
                found[field.name] = "、".join(names)
        return found

    @staticmethod
    def _taken(session: Session, inputs: Sequence[Input], given: Mapping[str, str], labels: Mapping[str, str]) -> Session:
        """Answers to questions that no longer apply are forgotten; what may be wanted again in this visit goes to the profile."""
        others = {name: value for name, value in session.answers.items() if name not in {one.name for one in inputs}}
        known = {one.prefill: given[one.name] for one in inputs if one.prefill and given.get(one.name)}
        answers = {**others, **given}
        gone = {one.name for one in session.item.inputs if one.type.captured and not applies(one.when, answers)}
        return replace(
            session,
            answers={name: value for name, value in answers.items() if name not in gone},
            files={name: taken for name, taken in session.files.items() if name not in gone},
            labels={**session.labels, **labels},
            profile={**session.profile, **known},
        )

    @staticmethod
    async def _facts(inputs: Sequence[Input], session: Session, desk: Desk) -> tuple[Text, tuple[tuple[Text, Text], ...]]:
        """What a department says that should be read before this page is answered, and what stands above it."""
        one = next((one for one in inputs if one.facts_from), None)
        if one is None:
            return "", ()
        desk.show(WorkingView(title=Word("form.looking_up")))
        reply = await desk.department(session, one.facts_from)
        key = f"item.{session.item.id}.{one.name}.facts"
        facts = tuple((str(fact["label"]), str(fact["value"])) for fact in reply.data["facts"])
        return Word(key if facts else f"{key}.none"), facts

    async def _nothing(self, session: Session, desk: Desk, name: str) -> Session:
        """The department has no record to choose from: said plainly; there is nothing more to do here."""
        await desk.ask(
            FormView(title=Word("form.title"), fields=(), empty=Word(f"item.{session.item.id}.{name}.none"), can_back=True)
        )
        raise Leave

    # -- what somebody knows already -----------------------------------------------------------------------------------
    @staticmethod
    def _known(one: Input, session: Session) -> str:
        return session.profile.get(one.prefill, "")

    @staticmethod
    def _offers(inputs: Sequence[Input], session: Session, desk: Desk) -> tuple[Choice, ...]:
        wanted = {one.prefill for one in inputs if one.prefill and not session.profile.get(one.prefill)}
        found = []
        if "address" in wanted and (address := _added(session)):
            title, text = Word("form.offer.card_address"), Word("form.offer.card_address.text", address=address)
            found.append(Choice(id="card_address", title=title, text=text, icon="card-account-details"))
        if wanted and session.person is not None and "profile" not in session.consents and answered(PROFILE, desk):
            title, text = Word("form.offer.profile"), Word("form.offer.profile.text")
            found.append(Choice(id="profile", title=title, text=text, icon="account-arrow-down"))
        return tuple(found)

    # -- one question --------------------------------------------------------------------------------------------------
    async def _field(self, one: Input, inputs: Sequence[Input], session: Session, desk: Desk) -> Field:
        key = f"item.{session.item.id}.{one.name}"
        closed = _unheard(one.name, session, desk)
        options = tuple(Option(value=value, label=Word(f"{key}.{value}")) for value in one.options if value not in closed)
        if one.type in (InputType.ADDRESS, InputType.ADMIN_CODE):
            options = known_places(one.type)
        if one.options_from:
            options = await self._records(one, key, session, desk)
        here = {other.name for other in inputs}
        today = desk.now().date()
        dated = one.type is InputType.DATE
        return Field(
            name=one.name,
            type=one.type.value,
            label=Word(key),
            hint=Word(f"{key}.hint") if one.type in HINTED else "",
            required=one.required,
            options=options,
            min=0 if dated else one.min or 0,
            max=0 if dated else one.max or 0,
            pattern=one.pattern,
            scan=offered(one, desk),
            earliest=str(today + timedelta(days=one.min)) if dated and one.min is not None else "",
            latest=self._latest(one, today),
            depends=tuple((name, tuple(values)) for name, values in one.when.items() if name in here),
        )

    @staticmethod
    def _latest(one: Input, today: Any) -> str:
        if one.type is InputType.MONTH_RANGE:
            return f"{today:%Y-%m}"
        return str(today + timedelta(days=one.max)) if one.type is InputType.DATE and one.max is not None else ""

    async def _records(self, one: Input, key: str, session: Session, desk: Desk) -> tuple[Option, ...]:
        desk.show(WorkingView(title=Word("form.looking_up")))
        found = (await desk.department(session, one.options_from)).data[FACT[one.type.value]]
        if one.type is InputType.SLOT:
            return tuple(
                Option(
                    value=str(slot["value"]),
                    label=str(slot["time"]),
                    group=str(slot["day"]),
                    rows=((Word("form.slot.left"), str(slot["left"])),),
                )
                for slot in found
                if slot["left"] > 0
            )
        return tuple(
            Option(
                value=str(record["value"]),
                label=str(record["fields"][one.show[0]]),
                rows=tuple((Word(f"{key}.{name}"), str(record["fields"][name])) for name in one.show[1:]),
                amount=str(Money(record["amount_fen"])) if "amount_fen" in record else "",
                search=str(record.get("search", "")),
            )
            for record in found
        )


def _unheard(name: str, session: Session, desk: Desk) -> frozenset[str]:
    """The choices of a question that lead to the microphone, while there is none."""
    if usable(MICROPHONE, desk):
        return frozenset()
    return frozenset(
        value for one in session.item.inputs if one.type is InputType.RECORDING for value in one.when.get(name, ())
    )


def _added(session: Session) -> str:
    """The newest address that was added to the chip of the card of this visit, if a department here can use it."""
    newest = session.person.addresses[-1:] if isinstance(session.person, IdCard) else ()
    return next((one for one in newest if located(one)), "")


async def _of_the_register(session: Session, desk: Desk) -> Session:
    """The citizen agreed to have the register asked. A register that sleeps costs nothing but the typing."""
    session = await _agreed(session, desk, "profile", PROFILE)
    desk.show(WorkingView(title=Word("form.looking_up")))
    try:
        reply = await desk.department(session, PROFILE)
    except Fault:
        return session
    return replace(session, profile={**{name: str(value) for name, value in reply.data.items()}, **session.profile})


async def _of_the_card(session: Session, desk: Desk) -> Session:
    """The citizen agreed to have the address on the chip used as an answer."""
    session = await _agreed(session, desk, "card_address", "card_address")
    return replace(session, profile={**session.profile, "address": located(_added(session))})


async def _agreed(session: Session, desk: Desk, consent: str, purpose: str) -> Session:
    await desk.journal.write(events.Consented(visit=session.visit, purpose=f"profile:{purpose}", wording=WORDING))
    return replace(session, consents=session.consents | {consent})


KNOWING = {"profile": _of_the_register, "card_address": _of_the_card}
"""Who knows something already: `form.offer.<id>`, the consent of the same name, and how what it knows is had."""
