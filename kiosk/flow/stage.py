"""The screen is one more device, with a scripted twin (`kiosk.testing.ScriptedStage`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from kiosk.model.words import Text

if TYPE_CHECKING:  # a camera brings NumPy; the glass is painted before that is loaded
    from kiosk.devices.camera import FrameBuffer


class Back(Exception):
    """The citizen wants the screen before."""


class OtherWay(Exception):
    """The citizen wants to be known another way than this one."""


class Again(Exception):
    """The step is to begin anew, as if nothing had been done in it."""


class Leave(Exception):
    """The citizen ended the visit, or walked away from it."""

    def __init__(self, walked_away: bool = False) -> None:
        super().__init__(walked_away)
        self.walked_away = walked_away


@dataclass(frozen=True, kw_only=True)
class Trail:
    """Where am I: "缴纳罚款 · 第 2 步 / 共 5 步"."""

    title: Text
    step: int
    of: int


@dataclass(frozen=True, kw_only=True)
class View:
    """What one .qml file paints (`PayView` → `views/PayView.qml`). All data, nothing that calls."""

    trail: Trail | None = None  # set by the desk
    can_back: bool = False
    can_leave: bool = True
    private: bool = False  # shows personal data: the walked-away alert comes after 60 s, else 120 s
    quiet: float = 0.0  # seconds without a touch until it asks, where that is not as usual; 0: as `private` says
    whole: bool = False  # has the whole glass to itself: no bars, and nothing to leave by but its answer
    aloud: bool = False  # said to everybody: it calls somebody who may be looking elsewhere
    for_citizens: ClassVar[bool] = True
    at: ClassVar[str] = ""  # the part of the terminal (kiosk.model.layout) that it sends to: the desk sets `where` of such a view
    watched: bool = True  # False: nobody is expected to touch (attract), or a machine is working: no alert


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the screen reader says of one thing on the glass. `personal`: it may tell who somebody is, or what of theirs; where
    others may hear it, `instead` is said, or that it is not said."""

    text: Text
    personal: bool = False
    instead: Text = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How somebody has the glass read to them. `room`: through the loudspeaker although there is a headphone socket;
    `personal`: with what is personal, although others may hear it."""

    on: bool = False
    room: bool = False
    personal: bool = False


@dataclass(frozen=True, kw_only=True)
class HelpCall:
    """How the call for a person's help stands: "" nobody is called, calling, coming, officer (one is asked), answered, left (a message).

    `answer`: what a remote officer wrote, as plain text. A message that was left has its number on the city's board, who answers there
    (`owner`) and by which day; "" where the board was not reached.
    """

    state: str = ""
    answer: str = ""
    number: str = ""
    owner: str = ""
    until: str = ""

    @property
    def running(self) -> bool:
        """Somebody may come yet, or answer: the visit is not taken for left."""
        return self.state in ("calling", "coming", "officer")


class Speaking(Protocol):
    """Told in the engine's thread what happens on the glass and is to be heard. Returns at once and never raises."""

    def alert(self) -> None:
        """Nobody has touched for a while: the glass asks whether somebody is still there."""

    def touched(self) -> None: ...

    def turned(self) -> None:
        """Another language, or the voice was switched on or off."""

    def asked(self, sheet: str) -> None:
        """A small question stands above the view: "access", "help" or "end"; "" when it is gone."""

    def reads(self, reading: Reading) -> None:
        """The screen reader was switched on or off, or is to be heard in another way."""

    def read(self, said: tuple[Said, ...]) -> None:
        """In place of whatever is heard."""

    def louder(self, steps: int) -> None:
        """So many steps; fewer than 0: softer."""


class Listener(Speaking, Protocol):
    """The same, and how the glass itself is."""

    def deed(self, deed: Mapping[str, str]) -> None:
        """What a volunteer did at the glass, or who wants to be one: `{"do": come | enter | go | point | back | again}`, with `enter` what

        was typed: id, pin, code.
        """

    def stuck(self, pressed: bool) -> None:
        """Something has pressed one place of the glass for ten seconds; False: it is gone."""

    def help(self, wish: str) -> None:
        """In the sheet "help" was pressed: call, cancel, came (somebody is here), seen (the outcome was read)."""


class Stage(Protocol):
    def attend(self, view: View | None) -> None:
        """A volunteer stands at the glass and sees `view`, beside it what the citizen sees, masked; whatever is shown and asked meanwhile

        stays behind that. None: the volunteer is gone, and the citizen's picture is as it was, with all that was typed.
        """

    def interrupt(self, wish: Exception) -> bool:
        """The open question ends with `wish` (Back, Again). False: nothing is asked just now. In the loop that asked."""

    def point(self) -> None:
        """Shows the citizen what to press next, until the next touch."""

    @property
    def language(self) -> str:
        """What the citizen reads just now: `zh_Hans`, `en`."""

    @property
    def pace(self) -> float:
        """How much longer than usual a wait for the citizen is: 1, in care mode more."""

    @property
    def calm(self) -> bool:
        """Whether nothing on the glass may change its colour by itself: care mode, high contrast."""

    @property
    def voice(self) -> bool:
        """Whether the citizen wants to hear what stands on the glass."""

    def show(self, view: View) -> None:
        """Paint; expect nothing. The same view class again only changes what is different."""

    def show_call(self, call: HelpCall) -> None:
        """How the call for help stands from now on, whatever view comes."""

    def attach_preview(self, buffer: FrameBuffer | None) -> None:
        """Whose frames the face screen shows; None: nobody's."""

    def attach_listener(self, listener: Listener | None) -> None:
        """Who is told what is to be heard; called in the loop that it is told in. None: nobody."""

    def plugged(self, now: bool) -> None:
        """Headphones were plugged in: the reader begins, into them. Or pulled out: what is personal is not read to others."""

    async def ask(self, view: View) -> Mapping[str, Any]:
        """Paint and wait for the answer. Raises Back or Leave. Cancelling stops waiting; the picture stays."""
