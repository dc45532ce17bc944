"""Words and devices as JSON, for the line between a serving process and `kiosk doctor`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.model.health import Health, State, Supply
from kiosk.model.words import Text, Word
from kiosk.technician.view import Looked


def text_out(text: Text) -> Any:
    if isinstance(text, str):
        return text
    return {"key": text.key, "args": {name: text_out(one) if isinstance(one, Word) else one for name, one in text.args.items()}}


def text_in(data: Any) -> Text:
    if not isinstance(data, dict):
        return str(data)
    return Word(str(data["key"]), **{name: text_in(one) if isinstance(one, dict) else one for name, one in data["args"].items()})


def looked_out(looked: Looked) -> dict[str, Any]:
    return {
        "role": looked.role,
        "kind": looked.kind,
        "make": looked.make,
        "state": looked.health.state.value,
        "code": looked.health.code,
        "supplies": {name: supply.value for name, supply in looked.health.supplies.items()},
        "facts": dict(looked.facts),
    }


def looked_in(data: Mapping[str, Any]) -> Looked:
    supplies = {name: Supply(value) for name, value in data["supplies"].items()}
    return Looked(
        role=data["role"],
        kind=data["kind"],
        make=data["make"],
        health=Health(state=State(data["state"]), code=data["code"], supplies=supplies),
        facts=data["facts"],
    )
