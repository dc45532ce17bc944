"""The technician's screens as data. One class here = one file in `kiosk/screens/technician/`, same name.

`level` is good, warn, bad or dim; it is always shown as a colour, an icon and a word. Nothing on any of them is about a citizen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.flow.stage import View
from kiosk.model.words import Text

Pairs = tuple[tuple[Text, Text], ...]
"""What it is called, and what it is."""


@dataclass(frozen=True, kw_only=True)
class TechnicianView(View):
    """Left alone for half a minute it asks, and after one it goes back to the attract screen."""

    for_citizens: ClassVar[bool] = False
    private: bool = True
    quiet: float = 30.0


@dataclass(frozen=True, kw_only=True)
class Lamp:
    level: str
    word: Text


@dataclass(frozen=True, kw_only=True)
class DeviceLine:
    """A device on the first screen. `detail`: its fault, "" where there is none; `tested`: its newest result."""

    role: str
    name: Text
    icon: str
    lamp: Lamp
    detail: Text = ""
    supplies: tuple[Text, ...] = ()
    tested: Text = ""


@dataclass(frozen=True, kw_only=True)
class CheckLine:
    id: str
    lamp: Lamp
    told: Text
    remedy: Text = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something to press: a self-test, or a supply that can be replaced."""

    id: str
    title: Text


@dataclass(frozen=True, kw_only=True)
class ServiceDoorView(TechnicianView):
    """Id, PIN and one-time code. Answer: {"id", "pin", "code"}.

    `tries` grows with each refusal: what was typed is forgotten then. `shut`: nobody can be let in, `messages` say why.
    """

    messages: tuple[Text, ...] = ()
    tries: int = 0
    checking: bool = False
    shut: bool = False
    can_back: bool = True
    can_leave: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceView(TechnicianView):
    """Everything at a glance. Answer: {"device": role} | {"open": "checks" | "papers" | "daily" | "again"}.

    `devices`: those that are out first. `checks`: those that are not well; `checked`: how many there were, "" while `looking`.
    """

    technician: str
    verdict: Lamp
    offer: Text = ""
    looking: bool = False
    devices: tuple[DeviceLine, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    checked: Text = ""


@dataclass(frozen=True, kw_only=True)
class ServiceDeviceView(TechnicianView):
    """One device. Answer: {"test": name} | {"replaced": supply}. `troubles`: what was, and what helps; `results`: newest first."""

    role: str
    name: Text
    icon: str
    lamp: Lamp
    detail: Text = ""
    remedy: Text = ""
    facts: Pairs = ()
    troubles: Pairs = ()
    results: tuple[tuple[Lamp, Text], ...] = ()
    supplies: tuple[Act, ...] = ()
    tests: tuple[Act, ...] = ()
    can_back: bool = True


@dataclass(frozen=True, kw_only=True)
class ServiceTaskView(TechnicianView):
    """One thing that is done now: a self-test, a paper, a supply.

    `state`: running → Answer: {"answer": "skip"}; asked (a yes or no) → {"answer": "yes" | "no" | "skip"}; working → nothing, the machine
    is at it; done → {} | {"again": "yes"} where `again`. `shape`: width and height of the live picture, in pixels, (0, 0) without one;
    `face`: left, top, right, bottom in it, (0, 0, 0, 0) = none. `numbers`: of the picture. `dead_zones`: a line a row, `█` did not answer.
    """

    title: Text
    state: str
    text: Text = ""
    earlier: tuple[Text, ...] = ()
    shape: tuple[int, int] = (0, 0)
    face: tuple[int, int, int, int] = (0, 0, 0, 0)
    numbers: Pairs = ()
    lamp: Lamp | None = None
    facts: Pairs = ()
    dead_zones: str = ""
    again: bool = False
    can_back: bool = True


@dataclass(frozen=True, kw_only=True)
class TouchGridView(TechnicianView):
    """A grid over the whole glass, bars and all. Answer: {"touched": "0,0 0,1 …"} (column,row).

    It answers by itself: everything was touched, or nothing new for a while.
    """

    columns: int
    rows: int
    whole: bool = True
    can_leave: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceChecksView(TechnicianView):
    """Network, back office, machine, books, versions. Answer: {"open": "again"}."""

    looking: bool = False
    checks: tuple[CheckLine, ...] = ()
    versions: Pairs = ()
    can_back: bool = True


@dataclass(frozen=True, kw_only=True)
class ServicePapersView(TechnicianView):
    """What can be printed. Answer: {"paper": "report" | "notice"}. `notice`: why there is none to hang up, "" where there is."""

    notice: Text = ""
    can_back: bool = True


@dataclass(frozen=True, kw_only=True)
class DailyView(TechnicianView):
    """The daily check before it begins, or after. Answer: {"round": "opening" | "closing"}; {} where `done`.

    `due`: when somebody went round last. `lines`: before, what was reported then; after, what was found.
    """

    who: str
    due: Lamp
    lines: tuple[CheckLine, ...] = ()
    done: bool = False
    report: Text = ""


@dataclass(frozen=True, kw_only=True)
class DailyPointView(TechnicianView):
    """One point of the daily check, with its drawing.

    `state`: working → nothing, the machine looks; asked → Answer: {"answer": "yes" | "no"}; mend → {"answer": "again" | "report"}.
    `side`: on which side of the glass it is, "" where that is not told. `shape`: of the live picture, (0, 0) without one.
    """

    title: Text
    state: str
    text: Text
    place: Text  # "2 / 8"
    drawing: str
    side: str = ""
    wrong: Text = ""
    shape: tuple[int, int] = (0, 0)
    can_back: bool = False
