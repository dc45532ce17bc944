"""How the levers of a part are laid out for a person: sections of chips, people, entries, and levers that take more than one value.

Pure data for whoever paints it (the dev dock); nothing here knows a kind of device.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kiosk import levers
from kiosk.levers import Kind, Lever, Parameter


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One thing to press. `name`: as the tour's command line calls it, without the part. `words`: the key of its label, `raw` if there is
    none. It is on while `fact` stands at `so`; pressed while on it pulls `back`. `relief`: it lights up while there is anything to
    take back."""

    name: str
    lever: str
    value: str = ""
    words: str
    raw: str
    fact: str = ""
    so: str = ""
    back: str = ""
    back_value: str = ""
    relief: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """`form`: chips · people (a portrait each) · entry (a line to write in) · many (a list for each of `parameters`).

    `rare`: what happens and is over, and wants a value for it: shown on demand.
    """

    form: str
    title: str = ""
    lever: str = ""
    fact: str = ""
    back: str = ""
    number: bool = False
    rare: bool = False
    chips: tuple[Chip, ...] = ()
    parameters: tuple[Parameter, ...] = ()


def panel(role: str, kind: type[Any], *, paper: bool) -> dict[str, Any]:
    """The part called `role`, as JSON can hold it: role, kind, icon, paper (whether any comes out of it), sections; `facts` that a lever
    changes, and which of them are `reliefs`: somebody waits for them to be taken back."""
    found = levers.described(kind)
    sections = [asdict(section) for section in sorted(_sections(kind.kind, found), key=lambda section: section.rare)]
    return {
        "role": role,
        "kind": kind.kind,
        "icon": getattr(kind, "icon", "tune-variant"),
        "paper": paper,
        "facts": sorted({one.fact for one in found.values()}),
        "reliefs": [chip["fact"] for section in sections for chip in section["chips"] if chip["relief"]],
        "sections": sections,
    }


def keys(kind: str, found: Mapping[str, Lever]) -> Iterator[str]:
    """The keys that a part's words need: its name, its levers, the options of its lists, the parameters of what takes more than one."""
    yield f"lever.{kind}"
    for one in found.values():
        key = f"lever.{kind}.{one.name}"
        if not (one.back and one.parameters):  # pressed through what it takes back
            yield key
        for parameter in () if one.back else one.parameters:
            if len(one.parameters) > 1:
                yield f"{key}.{parameter.name}"
            if parameter.kind is Kind.CHOICE:
                yield from (f"{key}.{option}" for option in parameter.options)


def _sections(kind: str, found: Mapping[str, Lever]) -> Iterator[Section]:
    chosen = {one.fact for one in found.values() if one.fact and _chooses(one)}  # these facts have a section of their own
    plain = [chip for one in found.values() if one.fact not in chosen and not _takes(one) for chip in _plain(kind, one, found)]
    if reliefs := [chip for chip in plain if chip.relief]:
        yield Section(form="chips", chips=tuple(reliefs))
    had: set[str] = set()
    for one in found.values():
        if not _takes(one) or one.back:
            continue
        title, back = f"lever.{kind}.{one.name}", _back(one.fact, found)
        if len(one.parameters) > 1:
            many = one.parameters
            yield Section(form="many", title=title, lever=one.name, fact=one.fact, back=back, parameters=many, rare=not one.fact)
            continue
        (parameter,) = one.parameters
        kin = tuple(_kin(kind, one, found)) if one.fact not in had else ()
        had.add(one.fact)
        if parameter.kind is Kind.CITIZEN:
            yield Section(form="people", title=title, lever=one.name, fact=one.fact, back=back, chips=kin)
            continue
        options = tuple(_option(kind, one, option, back) for option in parameter.options)
        form = "chips" if parameter.kind is Kind.CHOICE else "entry"
        yield Section(
            form=form,
            title=title,
            lever=one.name,
            fact=one.fact,
            back=back,
            number=parameter.kind is Kind.NUMBER,
            rare=not one.fact,
            chips=kin + options,
        )
    if others := [chip for chip in plain if not chip.relief]:
        yield Section(form="chips", chips=tuple(others))


def _takes(one: Lever) -> bool:
    return bool(one.parameters) and [parameter.kind for parameter in one.parameters] != [Kind.ON_OFF]


def _chooses(one: Lever) -> bool:
    return _takes(one) and not one.back and len(one.parameters) == 1


def _back(fact: str, found: Mapping[str, Lever]) -> str:
    return next((one.name for one in found.values() if fact and one.fact == fact and one.back), "")


def _plain(kind: str, one: Lever, found: Mapping[str, Lever]) -> Iterator[Chip]:
    """A lever that needs no value. The way back has no chip of its own where another one's second press is it."""
    label = _label(kind, one)
    if one.parameters:
        yield Chip(name=one.name, value="on", fact=one.fact, so="on", back=one.name, back_value="off", **label)
    elif not one.back:
        yield Chip(name=one.name, fact=one.fact, so=one.to or "", back=_back(one.fact, found), **label)
    elif all(other.back for other in found.values() if other.fact == one.fact):
        yield Chip(name=one.name, fact=one.fact, relief=True, **label)


def _kin(kind: str, chooser: Lever, found: Mapping[str, Lever]) -> Iterator[Chip]:
    """What else can be so instead of a chosen value: first that nothing is."""
    kin = [one for one in found.values() if chooser.fact and one.fact == chooser.fact and not one.parameters]
    for one in sorted(kin, key=lambda one: not one.back):
        yield Chip(name=one.name, fact=one.fact, so=one.to or "", back=_back(one.fact, found), **_label(kind, one))


def _option(kind: str, one: Lever, option: str, back: str) -> Chip:
    name, key = f"{one.name}={option}", f"lever.{kind}.{one.name}.{option}"
    return Chip(name=name, lever=one.name, value=option, words=key, raw=option, fact=one.fact, so=option, back=back)


def _label(kind: str, one: Lever) -> dict[str, Any]:
    return {"lever": one.name, "words": f"lever.{kind}.{one.name}", "raw": one.name.replace("_", " ")}
