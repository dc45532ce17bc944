"""The room of practice: the trainer's panel, one case after the other beside it, scores kept, a badge and its slip in the end."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from kiosk import people, strict
from kiosk.config import Config
from kiosk.flow.stage import Trail
from kiosk.levers import described
from kiosk.model.faults import Fault
from kiosk.model.words import Word
from kiosk.model.zone import CHINA
from kiosk.practice import certificate
from kiosk.practice.cases import Case, Hold, cases, rules
from kiosk.practice.mark import Mark, mark
from kiosk.practice.record import Record, Volunteer, name_of
from kiosk.practice.sitting import Sitting
from kiosk.sandbox.process import Sandbox
from kiosk.screens.dock.window import PracticeWindow
from kiosk.screens.placing import places
from kiosk.screens.stage import plain
from kiosk.world import World


class Room(QObject):
    """`folder` is thrown away afterwards; what is kept goes to `own.state`."""

    def __init__(self, own: Config, options: argparse.Namespace, sandbox: Sandbox, folder: Path) -> None:
        super().__init__()
        self._own, self._options, self._sandbox, self._folder = own, options, sandbox, folder
        self._language = options.language or own.station.language
        _, place = places(portrait=options.portrait, dock=True)
        self.window = PracticeWindow(place, self._language)
        self.window.wanted.connect(self._wanted)
        self._record = Record(own.state)
        self._name = ""
        self._one = Volunteer()
        self._case: Case | None = None
        self.sitting: Sitting | None = None
        self._told: dict[str, Any] = {}
        self._count = 0
        self._trouble: Word | str = ""

    def open(self) -> None:
        self._tell(page="sign")
        if self._options.volunteer:
            self._sign(self._options.volunteer)
        self.window.show()

    def close(self) -> None:
        """A case that is open ends; its score does not count."""
        if self.sitting is not None:
            self.sitting.over.disconnect(self._over)
            self.sitting.put_away()
        self.window.shut()

    # What the trainee wants ─────────────────────────────────────────────────────────────────────────────────────────

    @Slot(str, str)
    def _wanted(self, what: str, which: str) -> None:
        match what:
            case "sign":
                self._sign(which)
            case "choose" | "again" if self.sitting is None:
                self._begin(next((case for case in cases() if case.id == which), self._case))
            case "hint" if self.sitting is not None and self._case is not None:
                self.sitting.evidence.hints = min(self._case.hints, self.sitting.evidence.hints + 1)
                self._told["case"] |= self._hints(self._case, self.sitting.evidence.hints)
                self._tell(**self._told)
            case "end" if self.sitting is not None:
                self.sitting.stop()
            case "all" if self.sitting is None:
                self._choose()
            case "another" if self.sitting is None:
                self._tell(page="sign")
            case "certificate" if self._one.badge:
                self._certify()

    def _sign(self, written: str) -> None:
        name = name_of(written)
        if not name:
            self._tell(page="sign", trouble=Word("practice.sign.wrong"))
            return
        self._name = name
        self._kept(lambda: self._record.of(name))
        self._choose()

    def _kept(self, errand: Any) -> None:
        """The volunteer as the record has them; what is wrong with it is told, and practice goes on."""
        try:
            self._one, self._trouble = errand(), ""
        except (OSError, strict.Refused) as why:
            self._trouble = Word("practice.not_saved", why=str(why))

    # A case ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, case: Case | None) -> None:
        if case is None:
            return
        self._case = case
        self._count += 1
        self._tell(page="opening")
        self._sandbox.reset()
        if self._one.badge:
            self._sandbox.enrol(self._one.badge)
        folder = self._folder / f"{self._count:03}-{case.id}"
        self.sitting = Sitting(case, self._own, self._options, self._sandbox, folder, self.window)
        self.sitting.shown.connect(self._shown)
        self.sitting.over.connect(self._over)
        card = people.citizens()[case.citizen].card
        mobile = f"138000000{case.citizen.removeprefix('c')}"  # as the sandbox has registered it
        self._tell(
            page="case",
            case={
                "number": case.number,
                **{what: case.word(what) for what in ("title", "story", "task")},
                "turn": "",
                "step": "",
                "portrait": people.citizens()[case.citizen].portrait.as_uri(),
                "person": Word("practice.person", name=card.name, number=card.id_number, mobile=mobile),
                "hold": [self._held(hold, self.sitting.world) for hold in case.hold],
                **self._hints(case, 0),
            },
        )
        self.sitting.start()

    def _held(self, hold: Hold, world: World) -> dict[str, Any]:
        """As a chip of the dock: pressed once more it is taken back, where that is possible."""
        value = self._one.badge if hold.name == "badge" and self._one.badge else hold.value
        found = described(type(world.parts[hold.part]))
        lever = found[hold.lever]
        back = next((one.name for one in found.values() if lever.fact and one.fact == lever.fact and one.back), "")
        chip = {
            "name": hold.lever,
            "lever": hold.lever,
            "value": value,
            "words": f"practice.hold.{hold.name}",
            "raw": hold.name,
            "fact": "" if lever.back else lever.fact,
            "so": lever.to if lever.to is not None else value,
            "back": back,
            "back_value": "",
            "relief": False,
        }
        return {"role": hold.part, "chip": chip}

    @staticmethod
    def _hints(case: Case, shown: int) -> dict[str, Any]:
        return {
            "hints": [case.word(f"hint.{number}") for number in range(1, shown + 1)],
            "more": shown < case.hints,
            "cost": rules().hint,
        }

    @Slot(str, object)
    def _shown(self, view: str, trail: Trail | None) -> None:
        if self._case is None or "case" not in self._told:
            return
        told = {"step": Word("nav.step", step=trail.step, of=trail.of) if trail else ""}
        if view == self._case.turn:
            told["turn"] = self._case.word("turn")
        self._told["case"] |= told
        self._tell(**self._told)

    @Slot()
    def _over(self) -> None:
        sitting, case = self.sitting, self._case
        self.sitting = None
        if sitting is None or case is None:
            return
        evidence = sitting.evidence
        found = mark(case, evidence)
        had = self._one.badge
        day = f"{datetime.now(CHINA):%Y-%m-%d}"
        self._kept(lambda: self._record.add(self._name, found, hints=evidence.hints, on=day))
        if self._one.badge and not had:
            self._certify()
        else:
            head = {"number": case.number, "title": case.word("title")}
            self._tell(page="result", case=head, result=result(case, found, evidence.hints))

    # Pages ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _choose(self) -> None:
        rows = []
        for case in cases():
            best = self._one.best(case.id)
            rows.append(
                {
                    "id": case.id,
                    "number": case.number,
                    "title": case.word("title"),
                    "best": best.score if best else -1,
                    "of": case.of,
                    "passed": case.id in self._one.passed,
                }
            )
        self._tell(page="choose", name=self._name, passed=len(self._one.passed), cases=rows, badge=self._one.badge)

    def _certify(self) -> None:
        self._count += 1
        folder = self._folder / f"{self._count:03}-certificate"
        picture = ""
        try:
            printed = certificate.printed(self._name, self._one, self._own, self._language, folder, self._record.pictures)
            picture = printed.as_uri()
        except (OSError, Fault) as why:
            self._trouble = Word("practice.not_saved", why=str(why))
        self._tell(page="certificate", badge=self._one.badge, picture=picture)

    def _tell(self, **told: Any) -> None:
        self._told = {"trouble": self._trouble, **told}
        self.window.tell("told", plain(self._told))


def result(case: Case, found: Mark, hints: int) -> Mapping[str, Any]:
    """What the panel tells of a case that is over."""
    return {
        "score": found.score,
        "of": found.of,
        "passed": found.passed,
        "hints": hints,
        "cost": hints * rules().hint,
        "checks": [
            {
                "met": met,
                "said": Word(f"practice.check.{check.name}"),
                "missed": Word(f"practice.check.{check.name}.missed"),
                "points": check.points,
            }
            for check, met in zip(case.check, found.met, strict=True)
        ],
    }
