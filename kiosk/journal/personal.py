"""The last gate before the journal: a value that looks like a person does not pass (J: ids, codes, amounts, outcomes, times)."""

from __future__ import annotations

import re
from dataclasses import fields

from kiosk.model.events import Event

_LOOKS_PERSONAL = (
    re.compile(r"(?<!\d)[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"),  # ID number
    re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),  # mobile phone
    re.compile("[㐀-鿿豈-﫿\U00020000-\U000323af]"),  # Han: a name, an address
)
_LONGEST = 128


def looks_personal(text: str) -> bool:
    return any(one.search(text) for one in _LOOKS_PERSONAL)


def refuse_personal(event: Event) -> None:
    """Raises ValueError, naming the field and never its value: whoever wrote such an event has a bug."""
    for field in fields(event):
        value = getattr(event, field.name)
        if type(value) not in (str, int, float, bool):
            raise ValueError(f"{type(event).__name__}.{field.name} is neither text nor a number")
        if isinstance(value, str) and (len(value) > _LONGEST or looks_personal(value)):
            raise ValueError(f"{type(event).__name__}.{field.name} looks personal")
