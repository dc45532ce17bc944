"""What really happened in a case: which views the glass showed, what was answered there, what the journal says, how things stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.config import Config
from kiosk.flow.stage import Back, Leave, Stage, View
from kiosk.flow.through import Through
from kiosk.journal import looking, station_keys
from kiosk.model.events import Event, VisitEnded
from kiosk.world import World


@dataclass(frozen=True, kw_only=True)
class Look:
    """One view as it was shown. `name` with its state behind a dot: "PayView.qr"."""

    name: str
    language: str
    care: bool
    voice: bool

    @property
    def view(self) -> str:
        return self.name.partition(".")[0]


@dataclass(kw_only=True)
class Evidence:
    """Nothing of a person: of answers only which keys they had. `ended`: served, left, or the code of a fault; "" while
    the visit goes on, or if it never began. Who cuts a case off at goodbye has been served: the visit itself was over."""

    looks: list[Look] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)  # view, a key of the answer; or "back", "left", "gone"
    rows: tuple[Event, ...] = ()
    ended: str = ""
    stands: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    papers: Mapping[str, int] = field(default_factory=dict)  # role → how many came out
    hints: int = 0

    def close(self, settings: Config, world: World) -> None:
        """What is only known once the visit is over."""
        self.rows = written(settings)
        self.ended = next((row.fault or row.ending for row in reversed(self.rows) if isinstance(row, VisitEnded)), "")
        self.stands = world.stands()
        self.papers = {role: len(paths) for role, paths in world.papers().items()}


def written(settings: Config) -> tuple[Event, ...]:
    """The journal of this one case: it has a state folder of its own."""
    place = settings.state / "journal.db"
    if not place.exists():
        return ()
    with looking(place, settings.station.id, station_keys(settings.state, make=False)) as book:
        return tuple(row.event for row in book.rows())


class Watching(Through):
    """Before `stage`; writes down what passes. `seen` is told every view, in the engine's thread."""

    def __init__(self, stage: Stage, evidence: Evidence, seen: Callable[[View], None] = lambda view: None) -> None:
        super().__init__(stage)
        self._evidence, self._seen = evidence, seen

    def show(self, view: View) -> None:
        self._note(view)
        self._seen(view)
        super().show(view)

    async def ask(self, view: View) -> Mapping[str, Any]:
        self._note(view)
        self._seen(view)
        name = type(view).__name__
        try:
            answer = await super().ask(view)
        except Back:
            self._evidence.answers.append((name, "back"))
            raise
        except Leave as leave:
            self._evidence.answers.append((name, "gone" if leave.walked_away else "left"))
            raise
        finally:
            self._note(view)  # in which language and mode it was answered
        self._evidence.answers += [(name, key) for key in answer or ("",)]
        return answer

    def _note(self, view: View) -> None:
        state = getattr(view, "state", "")
        name = type(view).__name__ + (f".{state}" if state else "")
        # Who chose care mode waits longer for, too: the one sign of it that the engine has.
        look = Look(name=name, language=self.language, care=self.pace > 1, voice=self.voice)
        if self._evidence.looks[-1:] != [look]:
            self._evidence.looks.append(look)
