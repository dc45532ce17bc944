"""A lint over the schema: no event may have a field that could carry a person."""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

import pytest

from kiosk.journal.personal import looks_personal
from kiosk.model import events

# Words that name a person's data; a yes, a no or an amount may be called what it likes.
FORBIDDEN = {
    "name", "id_number", "idno", "number", "phone", "mobile", "address", "birth", "sex", "nation", "photo", "face", "picture",
    "person", "holder", "answers", "reply", "text", "message", "plate", "account", "card", "detail", "description",
}  # fmt: skip


@pytest.mark.parametrize("event", events.EVENTS.values(), ids=list(events.EVENTS))
def test_fields_are_ids_codes_amounts_and_outcomes(event: type[events.Event]) -> None:
    hints = get_type_hints(event)
    for field in fields(event):
        assert hints[field.name] in (str, int, float, bool), field.name
        if hints[field.name] is str:
            assert not FORBIDDEN & {field.name, *field.name.split("_")}, field.name


def test_every_event_class_is_in_the_table() -> None:
    declared = {
        name
        for name, thing in vars(events).items()
        if isinstance(thing, type) and issubclass(thing, events.Event) and thing is not events.Event
    }
    assert declared == set(events.EVENTS)


@pytest.mark.parametrize(
    "text", ["350203199001010012", "35020319900101001X", "id=350203199001010012;", "13950012345", "+86 13950012345", "明"]
)
def test_looks_personal(text: str) -> None:
    assert looks_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "XM-SM-0001-7K2Q-000123-P",
        "05.03-20180612-0001234567-1234567890",
        "hrss-insurance-cert",
        "receipt_printer.paper_out",
        "2026-11-22",
        "20000",
    ],
)
def test_does_not_look_personal(text: str) -> None:
    assert not looks_personal(text)
