"""The guided cases as data: who comes, what happens meanwhile, what is at hand, and what the trainee is measured by. One TOML each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from kiosk import i18n, strict
from kiosk.model import events
from kiosk.model.words import Word

FOLDER = Path(__file__).resolve().parent / "cases"
RULES = FOLDER.parent / "practice.toml"

Kind = Literal["ended", "item", "wrote", "never_wrote", "answered", "used", "rests", "printed", "handed_over", "seen", "left_by_hand"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """What decides a part of the score, by what really happened. `name` begins its words: `practice.check.<name>`.

    `kind`, and what `of` and `at` say for it: ended `of` (served, left, or the code of a fault) · item (the one of the case was chosen) ·
    wrote / never_wrote `of` (an event of the journal) · answered `of` (a key) `at` (a view) · used `of` (care, voice, or a language)
    `at` (a view) · rests `of` (PART.FACT is as it should be in the end) · printed `of` (a role) · handed_over (a slip for
    a counter came out) · seen `of` (a view) · left_by_hand (the visit was ended by a touch, not by the clock).
    """

    name: str
    kind: Kind
    points: int
    of: str = ""
    at: str = ""
    must: bool = False  # without it the case is not passed, whatever the score


@dataclass(frozen=True, kw_only=True)
class Hold:
    """One thing to hold: a lever of the world under a plain name, `practice.hold.<name>`."""

    name: str
    part: str
    lever: str
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Course:
    """How the case is played by itself: fields of `kiosk.tour.script.Script`, and `moves`: view → what is done there instead, once.

    A move is written "tap NAME", "press KEYS", "type WORDS KEYS" or "pull PART.LEVER[=VALUE]".
    """

    way: str = ""
    remedy: str = "end"
    leaves: str = ""
    card: str = "e01"
    care: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case:
    """`levers` as `kiosk tour --lever` writes them. `turn`: the view on which something happens that the trainee is told."""

    number: int
    id: str
    item: str
    citizen: str
    hints: int
    levers: tuple[str, ...] = ()
    turn: str = ""
    hold: tuple[Hold, ...]
    check: tuple[Check, ...]
    course: Course = Course()

    @property
    def of(self) -> int:
        """Points there are."""
        return sum(check.points for check in self.check)

    def word(self, what: str) -> Word:
        return Word(f"practice.case.{self.id}.{what}")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What is enough: `enough` per cent of a case's points pass it; a hint costs `hint` points."""

    enough: int
    hint: int


@cache
def cases() -> tuple[Case, ...]:
    """In their order: a file is called `<number>-<id>.toml`. Raises strict.Refused."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))


@cache
def rules() -> Rules:
    return strict.read(Rules, strict.table(RULES), str(RULES))


def _read(path: Path) -> Case:
    number, _, id = path.stem.partition("-")
    case = strict.read(Case, {**strict.table(path), "number": int(number), "id": id}, str(path))
    wrong = [
        (f"check.{check.name}", f"no event {check.of}")
        for check in case.check
        if check.kind in ("wrote", "never_wrote") and check.of not in events.EVENTS
    ]
    if wrong:
        raise strict.Refused(str(path), wrong)
    return case


def missing_words() -> Iterator[str]:
    """What the cases lack in any language."""
    for case in cases():
        whats = ("title", "story", "task", *(("turn",) if case.turn else ()), *(f"hint.{n}" for n in range(1, case.hints + 1)))
        keys = [case.word(what).key for what in whats]
        keys += [f"practice.check.{check.name}{end}" for check in case.check for end in ("", ".missed")]
        yield from i18n.lacking(*keys, *(f"practice.hold.{hold.name}" for hold in case.hold))
