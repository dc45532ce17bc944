"""Asks one page of an item's questions until every answer is one the department can use. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.flow.checks import check, kept
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Leave
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import Field, FormView, Option, WorkingView
from kiosk.model.item import Input, InputType
from kiosk.model.money import Money
from kiosk.model.session import Session
from kiosk.model.words import Text, Word


@dataclass(frozen=True)
class Form(Step):
    page: int
    name: ClassVar[str] = "form"
    phase: ClassVar[Phase] = Phase.ASK

    async def run(self, session: Session, desk: Desk) -> Session:
        inputs = [one for one in session.item.inputs if one.page == self.page]
        fields = [await self._field(one, session, desk) for one in inputs]
        if any(field.type == "lookup" and not field.options for field in fields):
            return await self._nothing(session, desk, next(field.name for field in fields if field.type == "lookup"))
        choices = {field.name: frozenset(option.value for option in field.options) for field in fields}
        drafts: dict[str, str] = {one.name: session.answers.get(one.name, one.default) for one in inputs}
        errors: Mapping[str, Text] = {}
        today = desk.now().date()
        while True:
            answer = await desk.ask(
                FormView(title=Word("form.title"), fields=tuple(fields), values=dict(drafts), errors=errors, can_back=True)
            )
            drafts |= {one.name: str(answer.get(one.name, "")) for one in inputs}
            found = {one.name: check(one, drafts[one.name], choices[one.name], today) for one in inputs}
            errors = {name: error for name, error in found.items() if error}
            if not errors:
                given = {one.name: kept(one, drafts[one.name]) for one in inputs}
                return replace(session, answers={**session.answers, **given})

    async def _nothing(self, session: Session, desk: Desk, name: str) -> Session:
        """The department has no record to choose from: said plainly; there is nothing more to do here."""
        await desk.ask(
            FormView(title=Word("form.title"), fields=(), empty=Word(f"item.{session.item.id}.{name}.none"), can_back=True)
        )
        raise Leave

    async def _field(self, one: Input, session: Session, desk: Desk) -> Field:
        key = f"item.{session.item.id}.{one.name}"
        options = tuple(Option(value=value, label=Word(f"{key}.{value}")) for value in one.options)
        if one.type is InputType.LOOKUP:
            options = await self._records(one, key, session, desk)
        return Field(
            name=one.name,
            type=one.type.value,
            label=Word(key),
            hint=Word(f"{key}.hint") if one.type in (InputType.TEXT, InputType.LOOKUP) else "",
            required=one.required,
            options=options,
            min=one.min or 0,
            max=one.max or 0,
            pattern=one.pattern,
            latest=f"{desk.now():%Y-%m}" if one.type is InputType.MONTH_RANGE else "",
        )

    async def _records(self, one: Input, key: str, session: Session, desk: Desk) -> tuple[Option, ...]:
        desk.show(WorkingView(title=Word("form.looking_up")))
        reply = await desk.department(session, one.options_from)
        return tuple(
            Option(
                value=str(record["value"]),
                label=str(record["fields"][one.show[0]]),
                rows=tuple((Word(f"{key}.{name}"), str(record["fields"][name])) for name in one.show[1:]),
                amount=str(Money(record["amount_fen"])) if "amount_fen" in record else "",
            )
            for record in reply.data["records"]
        )
