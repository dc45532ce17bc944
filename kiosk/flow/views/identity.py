"""Being known, one lawful way or another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.flow.stage import View
from kiosk.model.layout import Side
from kiosk.model.words import Text


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several equal ways on: same size, same colour."""

    id: str
    title: Text
    text: Text = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class WaysView(View):
    """How do you want to be known here? All ways have the same rank. Answer: {"way": id}; Back."""

    title: Text
    lead: Text
    ways: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class CodeView(View):
    """Hold a code to the scanner: 网证, a volunteer's badge. `state`: waiting | checking | again (`message` says why).

    Answer: {"other": "yes"} (another way); Back, Leave.
    """

    title: Text
    text: Text
    icon: str
    state: str = "waiting"
    message: Text = ""
    seconds_left: int = 0
    other: Text = ""  # what the button of the other way says, if not just that
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class OfficerView(View):
    """A remote officer looks. `state`: calling | looking. Answer: {"other": "yes"}; Back, Leave."""

    state: str = "calling"
    title: Text = ""
    text: Text = ""
    seconds_left: int = 0
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class ConsentView(View):
    """A separate, unticked consent; both answers have the same size. Answer: {"consent": "yes" | "no"}."""

    title: Text
    lead: Text
    points: tuple[Text, ...]
    yes: Text
    no: Text
    icon: str = "shield-account"


@dataclass(frozen=True, kw_only=True)
class ReadCardView(View):
    """`state`: waiting | reading | again (lift it and put it again, `message` says why) | left (somebody else's lies there).

    Answer: {"other": "yes"} where there is another way (`other`); Back, Leave.
    """

    state: str = "waiting"
    title: Text = ""  # whose card, if not that of the person of the visit
    message: Text = ""
    seconds_left: int = 0
    other: bool = False
    watched: bool = False
    at: ClassVar[str] = "id_card"
    where: Side = "below"


@dataclass(frozen=True, kw_only=True)
class FaceView(View):
    """The camera's picture with a guide. `hint` says what to mend, `ask` what to do. Answer: {"other": "yes"}, another way; Back, Leave."""

    state: str = "looking"  # looking | asking | comparing | again (`message` says why, for a while)
    ask: str = ""  # a word of `face.ask.<word>`: ahead, blink, turn_left, turn_right (the person's own), open_mouth, tints
    tint: str = ""  # a colour of `kiosk.identity.flash.TINTS` that the glass shows around the picture; "" = its own
    hint: Text = ""
    message: Text = ""
    progress: float = 0.0  # 0..1: of all that is to be seen
    warnings: tuple[Text, ...] = ()  # "uncalibrated", "liveness is not checked"
    private: bool = True
    watched: bool = False
