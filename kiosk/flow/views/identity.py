"""Being known, one lawful way or another."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.stage import View
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
    """`state`: waiting | reading | again (lift it and put it again, `message` says why).

    Answer: {"other": "yes"} where there is another way (`other`); Back, Leave.
    """

    state: str = "waiting"
    message: Text = ""
    seconds_left: int = 0
    other: bool = False
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class FaceView(View):
    """The camera's picture with a guide. `hint` says what to mend. Answer: {"other": "yes"} (another way); Back, Leave."""

    state: str = "looking"  # looking | comparing | again
    hint: Text = ""
    message: Text = ""
    progress: float = 0.0  # 0..1: good frames of those needed
    warnings: tuple[Text, ...] = ()  # "uncalibrated", "liveness is not checked"
    private: bool = True
    watched: bool = False
