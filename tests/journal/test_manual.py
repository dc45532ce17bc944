"""Every event and every field has words for an auditor; none is described that does not exist."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kiosk.journal.manual import manual, words
from kiosk.model import event_fields, events


@pytest.mark.parametrize("name", events.EVENTS)
def test_every_event_and_field_has_words(name: str) -> None:
    event = events.EVENTS[name]
    # A dataclass without a docstring is given its signature for one; a child without one shows its parent's.
    assert event.__doc__ and not event.__doc__.startswith(f"{name}("), f"{name} has no docstring: the auditors' manual needs one"
    for field in fields(event):
        assert words(event, field.name), f"{name}.{field.name} is not in event_fields.FIELDS"


def test_no_words_for_what_is_gone() -> None:
    said = {f"{name}.{field.name}" for name, event in events.EVENTS.items() for field in fields(event)}
    assert [key for key in event_fields.FIELDS if key not in said | {one.partition(".")[2] for one in said}] == []


def test_the_manual_holds_them_all() -> None:
    text = manual()
    for event in events.EVENTS.values():
        assert str(event.__doc__).splitlines()[0] in text
    for told in event_fields.FIELDS.values():
        assert told in text
    assert "{" not in text
