"""@lever: the hands of simulators, and what each hand can do. The dev dock, the tour and the tests pull them; nothing else may."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol, TypeVar, overload

F = TypeVar("F", bound=Callable[..., Any])


class Kind(StrEnum):
    """How a value is chosen by whoever pulls."""

    CITIZEN = "citizen"  # one of kiosk.people.citizens()
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    ON_OFF = "on_off"


@dataclass(frozen=True)
class OneOf:
    """In `Annotated[str, OneOf(*PAPERS)]`: the values there are, where they are known only when the module is loaded."""

    options: tuple[str, ...]

    def __init__(self, *options: str) -> None:
        object.__setattr__(self, "options", options)


@dataclass(frozen=True)
class Such:
    """In `Annotated[str, Such("VOL-0001")]`: values worth offering; any other may be given too."""

    examples: tuple[str, ...]

    def __init__(self, *examples: str) -> None:
        object.__setattr__(self, "examples", examples)


CitizenId = Annotated[str, Kind.CITIZEN]
"""A parameter for one of the invented citizens."""


class WrongLever(ValueError):
    """No such lever, or no such value for it; says what there is."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """`options`: all there are (CHOICE), or those worth offering (TEXT, NUMBER). `default` None = it must be given."""

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    default: str | None = None
    whole: bool = False  # a NUMBER without a fraction


@dataclass(frozen=True, kw_only=True)
class Lever:
    """`fact` names what is so once it was pulled, "" = it happens and is over. `to` = what is so then: a key of the part's `stands()`,
    None = the value that was given, "" = as it should be (which makes it the way back from every other lever of that fact)."""

    name: str
    fact: str = ""
    to: str | None = None
    parameters: tuple[Parameter, ...] = ()
    about: str = ""

    @property
    def back(self) -> bool:
        return bool(self.fact) and self.to == ""


class Part(Protocol):
    """Something with levers. `kind` begins the keys of its words: `lever.<kind>`, `lever.<kind>.<lever>`."""

    kind: typing.ClassVar[str]

    def stands(self) -> Mapping[str, str]:
        """fact → what is so now, as it itself knows; a fact that is missing, or "", is as it should be.

        `<fact>:<value of the first parameter>` for a lever that does something to one of many. Called often, from any thread.
        """


@overload
def lever(function: F) -> F: ...
@overload
def lever(*, fact: str, to: str | None = None) -> Callable[[F], F]: ...
def lever(function: F | None = None, *, fact: str = "", to: str | None = None) -> F | Callable[[F], F]:
    """Marks a method that does to a simulator what a person would do to the real thing: put a card, take the paper out.

    What it offers is read from its signature: Literal, OneOf, Such, CitizenId, str, int, float, bool. See `Lever` for the rest.
    """

    def mark(marked: F) -> F:
        marked.__lever__ = (fact, to)  # type: ignore[attr-defined]
        return marked

    return mark(function) if function is not None else mark


def levers(thing: object) -> dict[str, Callable[..., Any]]:
    """All levers of `thing`, by name."""
    return {name: getattr(thing, name) for name in _marked(type(thing))}


def described(kind: type[object]) -> dict[str, Lever]:
    """What the levers of a class offer, by name, in the order they are written in."""
    return {name: _describe(name, function) for name, function in _marked(kind).items()}


def pull(thing: object, name: str, value: str = "") -> None:
    """Pull a lever with its value as text; several parameters are separated by ":" (`psb-tms:asleep`). Raises WrongLever."""
    arguments = read(type(thing), name, value)  # before the method itself: what is wrong inside it is a bug
    levers(thing)[name](**arguments)


def read(kind: type[object], name: str, value: str) -> dict[str, Any]:
    """`value` as the arguments of the lever. Raises WrongLever."""
    known = described(kind)
    if name not in known:
        raise WrongLever(f'no lever "{name}"; there are: {", ".join(known)}')
    parameters = known[name].parameters
    given = value.split(":", len(parameters) - 1) if value else []
    if given and not parameters:
        raise WrongLever(f"{name} takes no value")
    arguments = {one.name: _value(name, one, text) for one, text in zip(parameters, given, strict=False)}
    for one in parameters[len(given) :]:
        if one.default is None:
            raise WrongLever(f"{name} needs a value for {one.name}{_among(one)}")
    return arguments


def _marked(kind: type[object]) -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for one in reversed(kind.__mro__):
        found |= {name: member for name, member in vars(one).items() if hasattr(member, "__lever__")}
    return found


def _describe(name: str, function: Callable[..., Any]) -> Lever:
    fact, to = function.__lever__  # type: ignore[attr-defined]
    hints = typing.get_type_hints(function, include_extras=True)
    taken = list(inspect.signature(function).parameters.values())[1:]  # without self
    parameters = tuple(_parameter(one, hints[one.name]) for one in taken)
    if not fact and [one.kind for one in parameters] == [Kind.ON_OFF]:
        fact = name
    about = (inspect.getdoc(function) or "").partition("\n")[0]
    return Lever(name=name, fact=fact, to=to, parameters=parameters, about=about)


def _parameter(one: inspect.Parameter, hint: Any) -> Parameter:
    default = None if one.default is inspect.Parameter.empty else _text(one.default)
    extras: tuple[Any, ...] = ()
    if typing.get_origin(hint) is Annotated:
        hint, *rest = typing.get_args(hint)
        extras = tuple(rest)
    options = next((extra.options for extra in extras if isinstance(extra, OneOf)), ())
    kind = next((extra for extra in extras if isinstance(extra, Kind)), None)
    if typing.get_origin(hint) is Literal:
        options = tuple(str(option) for option in typing.get_args(hint))
    if options:
        return Parameter(name=one.name, kind=Kind.CHOICE, options=options, default=default)
    examples = next((extra.examples for extra in extras if isinstance(extra, Such)), ())
    if kind is None:
        kind = Kind.ON_OFF if hint is bool else Kind.NUMBER if hint in (int, float) else Kind.TEXT
    return Parameter(name=one.name, kind=kind, options=examples, default=default, whole=hint is int)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def _value(lever: str, one: Parameter, text: str) -> Any:
    if one.kind is Kind.CHOICE and text not in one.options:
        raise WrongLever(f'{lever}: {one.name} cannot be "{text}"{_among(one)}')
    if one.kind is Kind.ON_OFF:
        if text not in ("on", "off"):
            raise WrongLever(f'{lever}: {one.name} is on or off, not "{text}"')
        return text == "on"
    if one.kind is Kind.NUMBER:
        try:
            return int(text) if one.whole else float(text)
        except ValueError:
            raise WrongLever(f'{lever}: {one.name} is a {"whole " if one.whole else ""}number, not "{text}"') from None
    return text


def _among(one: Parameter) -> str:
    return f"; there are: {', '.join(one.options)}" if one.options else ""
