"""JSON from outside: taken whole and by the letter, or refused. What Python's own reader lets pass is caught here."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from jsonschema.validators import extend
from referencing import Registry

from kiosk.http.exchange import Answer, Garbage

DEPTH = 24
_BRACKETS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|([\[{])|([\]}])', re.DOTALL)

# The draft counts 1.0 as an integer; an amount of fen is never written so.
_Validator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int),
)


class Shape:
    """A JSON Schema (draft 2020-12) that answers must have. `verify` raises ValueError for a schema that is none: ten milliseconds a

    schema, which `kiosk check` spends and the start of a serving process does not.
    """

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._validator = _Validator(schema, registry=Registry())  # an empty registry: no $ref is ever fetched

    def verify(self) -> None:
        try:
            Draft202012Validator.check_schema(self._schema)
        except SchemaError as error:
            raise ValueError(f"not a JSON Schema: {error.json_path}") from None

    def check(self, data: Any) -> Any:
        """`data` itself. Raises Garbage with the rule that is broken: a place of our schema, never a word of the answer."""
        for error in self._validator.iter_errors(data):
            raise Garbage("schema: " + "/".join(str(part) for part in error.absolute_schema_path))
        return data


def document(answer: Answer) -> Any:
    """The JSON document in `answer`. Raises Garbage: wrong type or charset, truncated, NaN, a key twice, too deep."""
    kind, _, parameters = answer.headers.get("content-type", "").lower().partition(";")
    if kind.strip() != "application/json":
        raise Garbage("not json")
    if "charset" in parameters and "utf-8" not in parameters:
        raise Garbage("charset")
    if _depth(answer.body) > DEPTH:
        raise Garbage("too deep")
    try:
        text = answer.body.decode("utf-8")
    except UnicodeDecodeError:
        raise Garbage("charset") from None
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_never, parse_float=_finite)
        if "\\ud" in text.lower():
            json.dumps(data, ensure_ascii=False).encode("utf-8")  # half a surrogate pair could never be painted or printed
    except (ValueError, RecursionError):
        raise Garbage("not json") from None
    return data


def _depth(body: bytes) -> int:
    deepest = here = 0
    for match in _BRACKETS.finditer(body):
        here += (match[1] is not None) - (match[2] is not None)
        deepest = max(deepest, here)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _never(_constant: str) -> float:
    raise ValueError("NaN or Infinity")


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError("a number without end")
    return number
