"""What every simulator is: the other end of a driver's wire, held by whoever plays the world (the dev dock, the tour, a test)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

Light = tuple[float, float, float]
"""Red, green, blue in linear light, 0..1 of what the glass can."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a simulator is to stand. `wire`: a path of its own, for a link or a folder; nothing is there yet, its folder is.

    `out`: the folder for what comes out of it. `arguments`: the driver's table in config.toml, without `driver`.
    """

    wire: Path
    out: Path
    arguments: Mapping[str, Any]


class Simulator(ABC):
    """A `kiosk.levers.Part`, offered by the entry point `kiosk.simulators` under the name of the driver that it is the other end of
    (`receipt_printer.simulated`). A driver without one is real hardware, and left alone."""

    kind: ClassVar[str]
    icon: ClassVar[str] = "tune-variant"  # of Material Design Icons

    @classmethod
    @abstractmethod
    def set_up(cls, spot: Spot) -> Self:
        """One that can be reached by its driver now."""

    @abstractmethod
    def told(self) -> Mapping[str, Any]:
        """What is said to the driver instead of its table in config.toml: `{"wire": "127.0.0.1:4711"}`."""

    @abstractmethod
    def stands(self) -> Mapping[str, str]:
        """See `kiosk.levers.Part`."""

    def stop(self) -> None:
        """Let go of threads, sockets and the like. May be called twice."""
        return

    def papers(self) -> Sequence[Path]:
        """What has come out: pictures and PDFs, in any order."""
        return ()


@runtime_checkable
class Onlooker(Protocol):
    """A simulated device before which somebody stands who sees the glass. Hardware has people of its own."""

    def see(self, asked: str, light: Light | None) -> None:
        """What the glass asks this person to do, a word of `face.ask.<word>`; "" = nothing. `light`: what it shines with, if anything."""
