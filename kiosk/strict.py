"""Tables from outside become frozen data, or are refused with their place named. The only room with pydantic."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError, create_model

T = TypeVar("T")


class Refused(Exception):
    """A table that cannot be taken: which file, which place in it, and why."""

    def __init__(self, source: str, places: list[tuple[str, str]]) -> None:
        self.source = source
        self.places = places
        super().__init__("\n".join(f"{source}: {place} — {why}" if place else f"{source}: {why}" for place, why in places))


def table(path: Path) -> dict[str, Any]:
    """The TOML file at `path`. Raises Refused with the line for a file that is no TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise Refused(str(path), [("", "no such file")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(str(path), [("", str(error))]) from None


def _refused(source: str, error: ValidationError) -> Refused:
    places = []
    for one in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in one["loc"])
        why = {
            "extra_forbidden": "unexpected",
            "unexpected_keyword_argument": "unexpected",
            "missing": "missing",
            "missing_argument": "missing",
            "missing_keyword_only_argument": "missing",
        }.get(one["type"], one["msg"])
        places.append((place, why))
    return Refused(source, places)


def read(kind: type[T], data: object, source: str) -> T:
    """`data` as the frozen dataclass `kind`: unknown keys, missing keys and wrong types are refused by place."""
    try:
        return _adapter(kind).validate_python(data)
    except ValidationError as error:
        raise _refused(source, error) from None


_adapters: dict[type, TypeAdapter[Any]] = {}  # ten milliseconds each to build, and a start reads the tables of every item


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if kind not in _adapters:
        # The dataclasses are plain, so the rule "no unknown key" is given to pydantic from here.
        kind.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def build(make: Callable[..., T], arguments: Mapping[str, Any], source: str, place: str, **given: Any) -> T:
    """`make(**arguments, **given)`, the table checked against its signature: a constructor gets what it declares, or nothing."""
    function = make.__init__ if inspect.isclass(make) else make
    hints = get_type_hints(function)
    fields: dict[str, Any] = {}
    for name, parameter in inspect.signature(make).parameters.items():
        if name in given or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[name] = (hints.get(name, Any), default)
    model = create_model("arguments", __config__=ConfigDict(extra="forbid", arbitrary_types_allowed=True), **fields)
    try:
        taken = model.model_validate(dict(arguments))
    except ValidationError as error:
        refused = _refused(source, error)
        raise Refused(source, [(f"{place}.{where}" if where else place, why) for where, why in refused.places]) from None
    return make(**{name: getattr(taken, name) for name in fields}, **given)
