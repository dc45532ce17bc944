"""What a lever offers is read from its signature; what is pulled with a value comes in as what the method takes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest

from kiosk import levers
from kiosk.levers import CitizenId, Kind, OneOf, Parameter, Such, WrongLever, lever

PAGES = {"lease": 1, "proof": 2}


class Bell:
    """A simulator of nothing in particular."""

    kind = "bell"

    def __init__(self) -> None:
        self.pulled: list[tuple[Any, ...]] = []

    @lever(fact="rope", to="torn")
    def tear_rope(self) -> None:
        """The rope tears.

        Nobody hears it.
        """
        self.pulled.append(("tear_rope",))

    @lever(fact="rope", to="")
    def mend_rope(self) -> None:
        self.pulled.append(("mend_rope",))

    @lever(fact="who")
    def let(self, citizen: CitizenId) -> None:
        self.pulled.append(("let", citizen))

    @lever
    def ring(self, how: Literal["once", "wild"], times: int = 1) -> None:
        self.pulled.append(("ring", how, times))

    @lever
    def wait(self, seconds: Annotated[float, Such("3", "59.9")]) -> None:
        self.pulled.append(("wait", seconds))

    @lever
    def muffle(self, on: bool = True) -> None:
        self.pulled.append(("muffle", on))

    @lever
    def lay(self, page: Annotated[str, OneOf(*PAGES)]) -> None:
        self.pulled.append(("lay", page))

    @lever
    def say(self, words: Annotated[str, Such("hello")]) -> None:
        self.pulled.append(("say", words))

    def hang(self) -> None:
        self.pulled.append(("hang",))


def test_the_signature_says_what_a_lever_offers() -> None:
    found = levers.described(Bell)
    assert list(found) == ["tear_rope", "mend_rope", "let", "ring", "wait", "muffle", "lay", "say"]
    assert found["tear_rope"].about == "The rope tears."
    assert [(one.fact, one.to, one.back) for one in found.values()][:4] == [
        ("rope", "torn", False),
        ("rope", "", True),
        ("who", None, False),
        ("", None, False),
    ]
    assert found["muffle"].fact == "muffle"
    assert {name: one.parameters for name, one in found.items() if one.parameters} == {
        "let": (Parameter(name="citizen", kind=Kind.CITIZEN),),
        "ring": (
            Parameter(name="how", kind=Kind.CHOICE, options=("once", "wild")),
            Parameter(name="times", kind=Kind.NUMBER, default="1", whole=True),
        ),
        "wait": (Parameter(name="seconds", kind=Kind.NUMBER, options=("3", "59.9")),),
        "muffle": (Parameter(name="on", kind=Kind.ON_OFF, default="on"),),
        "lay": (Parameter(name="page", kind=Kind.CHOICE, options=("lease", "proof")),),
        "say": (Parameter(name="words", kind=Kind.TEXT, options=("hello",)),),
    }


@pytest.mark.parametrize(
    ("name", "value", "pulled"),
    [
        ("tear_rope", "", ("tear_rope",)),
        ("let", "c03", ("let", "c03")),
        ("ring", "wild", ("ring", "wild", 1)),
        ("ring", "once:3", ("ring", "once", 3)),
        ("wait", "59.9", ("wait", 59.9)),
        ("muffle", "", ("muffle", True)),
        ("muffle", "off", ("muffle", False)),
        ("lay", "proof", ("lay", "proof")),
        ("say", "CTID1:c05", ("say", "CTID1:c05")),  # one parameter takes all of it
    ],
)
def test_a_value_arrives_as_what_the_method_takes(name: str, value: str, pulled: tuple[Any, ...]) -> None:
    bell = Bell()
    levers.pull(bell, name, value)
    assert bell.pulled == [pulled]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("hang", "", 'no lever "hang"; there are: tear_rope, mend_rope'),
        ("tear_rope", "twice", "takes no value"),
        ("ring", "", "needs a value for how; there are: once, wild"),
        ("ring", "twice", 'cannot be "twice"; there are: once, wild'),
        ("ring", "once:2.5", "whole number"),
        ("wait", "long", "is a number"),
        ("muffle", "half", "on or off"),
        ("say", "", "needs a value for words"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(name: str, value: str, said: str) -> None:
    bell = Bell()
    with pytest.raises(WrongLever, match=said):
        levers.pull(bell, name, value)
    assert bell.pulled == []
