"""How a department's HTTP interface is spoken to, as data: `maps/<SYSTEM>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kiosk import strict
from kiosk.backoffice import Request
from kiosk.http import Shape

FOLDER = Path(__file__).resolve().parent / "maps"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One field of a request's body: `source` is station, operation, or `answers.<name>`."""

    source: str
    type: Literal["text", "integer"] = "text"
    optional: bool = False  # left out when there is no such answer


@dataclass(frozen=True, kw_only=True)
class Operation:
    """`write` is the department's word on whether it changes anything there; `person` sends name and number of the card."""

    path: str
    reply: Mapping[str, Any]  # JSON Schema, draft 2020-12
    method: Literal["POST", "PUT"] = "POST"
    write: bool = False
    person: bool = False
    body: Mapping[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SystemMap:
    """`errors`: the department's code → reason, a citizen's words for it being `fault.backoffice.refused.<reason>`."""

    system: str
    operations: Mapping[str, Operation]
    errors: Mapping[str, str] = field(default_factory=dict)


def load(system: str, path: str = "") -> SystemMap:
    """The shipped map of `system`, or the one at `path`. Raises strict.Refused."""
    file = Path(path) if path else FOLDER / f"{system}.toml"
    found = strict.read(SystemMap, strict.table(file), str(file))
    if found.system != system:
        raise strict.Refused(str(file), [("system", f"is of {found.system}, not of {system}")])
    for name, operation in found.operations.items():
        try:
            Shape(operation.reply)
        except ValueError as error:
            raise strict.Refused(str(file), [(f"operations.{name}.reply", str(error))]) from None
        for part, one in operation.body.items():
            if one.source not in ("station", "operation") and not one.source.startswith("answers."):
                raise strict.Refused(str(file), [(f"operations.{name}.body.{part}.source", "no such source")])
    return found


def body(operation: Operation, request: Request) -> dict[str, Any]:
    """What is sent. Raises ValueError for an answer that the item should have asked for: a bug of the item, no Fault."""
    found: dict[str, Any] = {}
    if operation.person:
        if request.person is None:
            raise ValueError(f"{request.operation} needs a person")
        found["person"] = {"name": request.person.name, "id_number": request.person.id_number}
    facts = {"station": request.station, "operation": request.operation}
    for name, part in operation.body.items():
        written = facts.get(part.source) or request.answers.get(part.source.removeprefix("answers."), "")
        if written:
            found[name] = int(written) if part.type == "integer" else written
        elif not part.optional:
            raise ValueError(f"{request.operation} needs {part.source}")
    return found
