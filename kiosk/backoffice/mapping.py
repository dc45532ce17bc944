"""How a department's HTTP interface is spoken to, as data: `maps/<SYSTEM>.toml`."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kiosk import i18n, strict
from kiosk.backoffice import Request
from kiosk.http import Shape

_SOURCES = re.compile(r"station|operation|digest|(answers|held|files)\.\w+|reply\.\w+(\.\w+)*")
FOLDER = Path(__file__).resolve().parent / "maps"
SHAPES = FOLDER.with_name("shapes.toml")  # what many replies share, as `#/$defs/…`


@dataclass(frozen=True, kw_only=True)
class Part:
    """One field of a request's body. `source` is one of

    `station`, `operation`; `answers.<name>`; `held.<name>`; `reply.<name>` or `reply.document.<name>`, of the submission's answer;
    `files.<name>`: pictures, a recording or a declaration, as a list of base64;
    `digest`: SHA-256 of the reply's document (canonical JSON), in hex.
    """

    source: str
    type: Literal["text", "integer", "list"] = "text"  # list: the parts of an answer such as `a,b`
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
        for part, one in operation.body.items():
            if not _SOURCES.fullmatch(one.source):
                raise strict.Refused(str(file), [(f"operations.{name}.body.{part}.source", "no such source")])
    return found


def problems(found: SystemMap) -> Iterator[str]:
    """Replies whose schema is none, reasons that have no words: too slow for the start of a serving process."""
    for name, operation in found.operations.items():
        try:
            Shape(shape(operation)).verify()
        except ValueError as error:
            yield f"{found.system}.{name}: reply is {error}"
    for reason in sorted(set(found.errors.values())):
        key = f"fault.backoffice.refused.{reason}"
        yield from (f"{found.system}: {gap}" for gap in i18n.lacking(key, f"{key}.next"))


def shape(operation: Operation) -> Mapping[str, Any]:
    """The schema of the operation's reply, with the shared shapes it may refer to."""
    return {**operation.reply, "$defs": _shared()}


@cache
def _shared() -> dict[str, Any]:
    return strict.table(SHAPES)


def body(operation: Operation, request: Request) -> dict[str, Any]:
    """What is sent. Raises ValueError for an answer that the item should have asked for: a bug of the item, no Fault."""
    found: dict[str, Any] = {}
    if operation.person:
        if request.person is None:
            raise ValueError(f"{request.operation} needs a person")
        found["person"] = {"name": request.person.name, "id_number": request.person.id_number}
    for name, part in operation.body.items():
        value = _value(part.source, request)
        if value:
            found[name] = int(value) if part.type == "integer" else value.split(",") if part.type == "list" else value
        elif not part.optional:
            raise ValueError(f"{request.operation} needs {part.source}")
    return found


def digest(document: Mapping[str, Any]) -> str:
    """What a seal is put under: SHA-256 of the document as JSON with sorted keys, without blanks, in UTF-8; in hex."""
    written = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _value(source: str, request: Request) -> Any:
    where, _, name = source.partition(".")
    match where:
        case "station":
            return request.station
        case "operation":
            return request.operation
        case "answers":
            return request.answers.get(name, "")
        case "held":
            return request.held.get(name, "")
        case "files":
            return [base64.b64encode(one).decode() for one in request.files.get(name, ())]
        case "digest":
            return digest(request.reply["document"]) if "document" in request.reply else ""
        case _:
            value: Any = request.reply
            for part in name.split("."):
                value = value.get(part, "") if isinstance(value, Mapping) else ""
            return str(value)
