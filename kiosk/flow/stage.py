"""The screen is one more device, with a scripted twin (`kiosk.testing.ScriptedStage`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.model.words import Text

if TYPE_CHECKING:  # a camera brings NumPy; the glass is painted before that is loaded
    from kiosk.devices.camera import FrameBuffer


class Back(Exception):
    """The citizen wants the screen before."""


class OtherWay(Exception):
    """The citizen wants to be known another way than this one."""


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
    watched: bool = True  # False: nobody is expected to touch (attract), or a machine is working: no alert


class Stage(Protocol):
    @property
    def language(self) -> str:
        """What the citizen reads just now: `zh_Hans`, `en`."""

    def show(self, view: View) -> None:
        """Paint; expect nothing. The same view class again only changes what is different."""

    def attach_preview(self, buffer: FrameBuffer | None) -> None:
        """Whose frames the face screen shows; None: nobody's."""

    async def ask(self, view: View) -> Mapping[str, Any]:
        """Paint and wait for the answer. Raises Back or Leave. Cancelling stops waiting; the picture stays."""
