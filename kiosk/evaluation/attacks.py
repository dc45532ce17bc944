"""Presentation attacks, played to the shipped check through the simulated camera's door: how many pass, in the words of ISO/IEC 30107-3."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from kiosk.devices.camera.before import Before
from kiosk.devices.camera.simulated import CameraSimulator
from kiosk.devices.video import Trouble
from kiosk.devices.video.watch import Watch
from kiosk.evaluation.statistics import wilson
from kiosk.identity import Cue, Look, PadCheck, Picture, Verifier
from kiosk.identity.challenge import Challenge
from kiosk.identity.dlib_engine import DlibVerifier
from kiosk.identity.flash import TINTS, linear
from kiosk.identity.moves import MOVES
from kiosk.identity.throughout import same_throughout

LONGEST = 60.0  # seconds of one attempt; nobody is waited for so long

Hand = Callable[[CameraSimulator, str, str], None]
"""(hands, who is attacked or served, somebody else): what is held before the camera."""


def _nothing(hands: CameraSimulator, who: str, other: str) -> None:
    """The one who stands there stays."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`before`: what stands there from the first; `after`: what takes its place once so many moves were asked for."""

    name: str
    genuine: bool = False
    before: Hand = _nothing
    after: Hand = _nothing
    moves: int = 0  # how many were asked for when `after` comes; 0 = it never does
    asked: bool = False  # whether it comes while a move is asked for, else while they are to look ahead again
    light: Callable[[str], str] = str  # the glass's tint → the one that falls on the face, "" = none
    flash: Literal["offered", "required"] = "offered"


KINDS = (
    Kind(name="a living person who follows", genuine=True),
    Kind(name="print, held still", before=lambda hands, who, _: hands.hold_photo(who)),
    Kind(name="print, waved and tilted", before=lambda hands, who, _: hands.wave_photo(who)),
    Kind(name="picture on a screen", before=lambda hands, who, _: hands.hold_picture(who)),
    Kind(name="film of a genuine visit, on a screen", before=lambda hands, who, _: hands.replay_visit(who)),
    Kind(name="film of all moves, on a screen", before=lambda hands, who, _: hands.replay_moves(who)),
    Kind(name="film in place of the camera", before=lambda hands, who, _: hands.inject(who, "moves")),
    Kind(name="somebody else moves, then the person's face", before=lambda hands, _, other: hands.show(other),
         after=lambda hands, who, _: hands.show(who), moves=3),
    Kind(name="the person moves once, then somebody else", after=lambda hands, _, other: hands.show(other), moves=1),
    Kind(name="a face made up live, lit by other colours", light=lambda tint: {"amber": "azure", "azure": "mint", "mint": "amber"}[tint]),
    Kind(name="a face made up live, not lit (flash = required)", light=lambda _: "", flash="required"),
    Kind(name="a second person steps beside", after=lambda hands, who, other: hands.show_two(who, other), moves=1, asked=True),
)  # fmt: skip


@dataclass
class Row:
    kind: Kind
    played: int = 0
    passed: int = 0
    why: Counter[str] = field(default_factory=Counter)

    @property
    def right(self) -> int:
        return self.passed if self.kind.genuine else self.played - self.passed

    def facts(self) -> dict[str, Any]:
        rate = wilson(self.played - self.right, self.played)
        name = "bpcer" if self.kind.genuine else "apcer"
        return {"kind": self.kind.name, "played": self.played, "passed": self.passed, name: vars(rate), "refused": dict(self.why)}


class Hours:
    """A time that passes as fast as it can be looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def rest(self, seconds: float) -> None:
        self.now += seconds


def play_all(who: Sequence[str], times: int, tick: Callable[[], None]) -> list[Row]:
    verifier = DlibVerifier()
    verifier.prepare()
    rows = [Row(kind) for kind in KINDS]
    for row in rows:
        check = Challenge(flash=row.kind.flash)
        for number, one in enumerate(who):
            other = who[(number + 1) % len(who)]
            for _ in range(times):
                reason = play(row.kind, one, other, verifier, check)
                row.played += 1
                row.passed += not reason
                row.why.update([reason] if reason else [])
                tick()
    return rows


def play(kind: Kind, who: str, other: str, verifier: Verifier, check: PadCheck) -> str:
    """One attempt, judged as the step of a visit judges it. "" = it passed, else why not."""
    hours, kept = Hours(), {"match": list[Picture](), "witness": list[Picture]()}
    with tempfile.TemporaryDirectory(prefix="kiosk-attack-") as folder:
        hands = CameraSimulator(Path(folder) / "camera", who)
        kind.before(hands, who, other)
        film = Before(hands.link, Watch(), clock=hours.clock, rest=hours.rest)
        film.open()
        trial, look, cue, asked, done = check.begin(), Look(), Cue(), list[str](), False
        try:
            while not cue.over:
                frame = film.next()
                if hours.now > LONGEST:
                    return "never begun"
                look = verifier.follow(frame, look)
                cue = trial.see(frame, look, hours.now)
                kept.get(cue.keep, []).append(frame)
                tint = kind.light(cue.tint) if cue.tint else ""
                film.see(cue.ask, linear(TINTS[tint]) if tint else None)
                asked += [cue.ask] if cue.ask in MOVES and cue.ask not in asked else []
                if kind.moves and not done and len(asked) == kind.moves and (cue.ask in MOVES) == kind.asked:
                    kind.after(hands, who, other)
                    done = True
        except Trouble as trouble:
            return f"camera.{trouble.word}"
        finally:
            film.close()
            trial.forget()
        return same_throughout(trial.verdict(), verifier, kept["match"], kept["witness"]).reason


def table(rows: Sequence[Row]) -> None:
    shown = Table("played", "attempts", "passed", "rate of errors (95 %)", "refused as", title="Presentation attack detection: challenge")
    for row in rows:
        facts = row.facts()
        name, rate = ("BPCER", facts["bpcer"]) if row.kind.genuine else ("APCER", facts["apcer"])
        errors = f"{name} {rate['value']:.1%} ({rate['low']:.1%}-{rate['high']:.1%})"
        why = ", ".join(f"{reason} {count}" for reason, count in row.why.most_common())
        shown.add_row(row.kind.name, str(row.played), str(row.passed), errors, why)
    shown.add_row("mask, head model, cut-out photo", "0", "", "not played", "nobody here has one; rendered ones would show nothing")
    Console().print(shown)
    Console().print("This is no certification: rendered people, instruments drawn by who wrote the check; nobody else has tried it.")
