"""Who practised what, and how well: one small file in the terminal's own state folder. Nothing of any citizen stands in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kiosk import strict, whole_file
from kiosk.practice.cases import Case, cases
from kiosk.practice.mark import Mark

NAME = re.compile(r"\S(.{0,38}\S)?")
BADGE = "VOL-"
FIRST_BADGE = 1001  # the sandbox's own volunteers have the lower numbers
ONLY_ITS_OWNER = 0o600


@dataclass(frozen=True, kw_only=True)
class Try:
    """`on`: the day in China, 2026-11-27."""

    case: str
    on: str
    score: int
    of: int
    passed: bool
    hints: int = 0


@dataclass(frozen=True, kw_only=True)
class Volunteer:
    """`badge`: "" until every case was passed."""

    tries: tuple[Try, ...] = ()
    badge: str = ""
    badge_on: str = ""

    def best(self, case: str) -> Try | None:
        """The best try of `case`: a pass before any score."""
        return max((one for one in self.tries if one.case == case), key=lambda one: (one.passed, one.score), default=None)

    @property
    def passed(self) -> frozenset[str]:
        return frozenset(one.case for one in self.tries if one.passed)


@dataclass(frozen=True, kw_only=True)
class Book:
    """`given`: the number of the newest badge. None is given twice, even if whoever had it is no longer here."""

    volunteers: Mapping[str, Volunteer] = field(default_factory=dict)
    given: int = 0


class Record:
    """At `folder`/practice.json. `read` and all others raise strict.Refused for a file that is none of ours, OSError as the disk does."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "practice.json"
        self.pictures = folder / "practice"  # of certificates: <badge>.png

    def read(self) -> Book:
        if not self.path.exists():
            return Book()
        try:
            data = json.loads(self.path.read_text("utf-8"))
        except ValueError as error:
            raise strict.Refused(str(self.path), [("", str(error))]) from None
        return strict.read(Book, data, str(self.path))

    def of(self, name: str) -> Volunteer:
        return self.read().volunteers.get(name, Volunteer())

    def add(self, name: str, mark: Mark, *, hints: int, on: str) -> Volunteer:
        """The volunteer as they stand now; with a badge as soon as no case is left."""
        book = self.read()
        one = book.volunteers.get(name, Volunteer())
        tried = Try(case=mark.case, on=on, score=mark.score, of=mark.of, passed=mark.passed, hints=hints)
        one = replace(one, tries=(*one.tries, tried))
        if not one.badge and one.passed >= {case.id for case in cases()}:
            book = replace(book, given=_newest(book) + 1)
            one = replace(one, badge=f"{BADGE}{book.given}", badge_on=on)
        self._write(replace(book, volunteers={**book.volunteers, name: one}))
        return one

    def forget(self, name: str) -> None:
        """Nothing of `name` stays here, nor the picture of their certificate. KeyError for somebody who is not here."""
        book = self.read()
        one = book.volunteers[name]
        if one.badge:  # the picture first: should the disk fail, the command can be given again
            (self.pictures / f"{one.badge}.png").unlink(missing_ok=True)
        others = {other: kept for other, kept in book.volunteers.items() if other != name}
        self._write(Book(volunteers=others, given=_newest(book)))

    def lines(self) -> list[str]:
        """For people: each volunteer with their badge, then the tries by date."""
        return [line for name, one in self.read().volunteers.items() for line in lines_of(name, one)]

    def _write(self, book: Book) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole_file.write(self.path, json.dumps(asdict(book), ensure_ascii=False, indent=1).encode(), mode=ONLY_ITS_OWNER)


def lines_of(name: str, one: Volunteer) -> list[str]:
    badge = f"{one.badge} ({one.badge_on})" if one.badge else "no badge yet"
    return [f"{name}: {len(one.passed)} of {len(cases())} passed, {badge}", *(f"  {_line(tried)}" for tried in one.tries)]


def name_of(written: str) -> str:
    """A name or number as it is kept; "" if it will not do."""
    written = " ".join(written.split())
    return written if NAME.fullmatch(written) and written.isprintable() else ""


def total(one: Volunteer, there: tuple[Case, ...]) -> tuple[int, int]:
    """Points of the best tries, and how many there are."""
    best = [one.best(case.id) for case in there]
    return sum(tried.score for tried in best if tried), sum(case.of for case in there)


def _newest(book: Book) -> int:
    taken = [int(one.badge.removeprefix(BADGE)) for one in book.volunteers.values() if one.badge]
    return max(FIRST_BADGE - 1, book.given, *taken)


def _line(tried: Try) -> str:
    hints = f", {tried.hints} hints" if tried.hints else ""
    return f"{tried.on}  {tried.case:11} {tried.score:3} of {tried.of}{hints}{', passed' if tried.passed else ''}"
