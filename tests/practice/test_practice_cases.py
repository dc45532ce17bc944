"""Ten cases as data: each is possible, has its words, and its orders wait for steps that its item really goes through."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import app, people, world
from kiosk.config import load
from kiosk.flow import views
from kiosk.flow.plan import plan
from kiosk.practice import chosen
from kiosk.practice.cases import Case, cases, missing_words, rules
from kiosk.practice.play import right_moves
from kiosk.practice.settings import settings
from kiosk.strict import Refused
from kiosk.testing.counter import ROOT
from kiosk.world import order

HERE = settings(load(ROOT / "config.toml"), "http://127.0.0.1:1", Path("nowhere"))
ITEMS = {item.id: item for department in app.shelves(HERE).departments for item in department.items}
PARTS = world.parts(HERE)


def test_there_are_ten_in_their_order() -> None:
    assert [case.number for case in cases()] == list(range(1, 11))
    assert len({case.id for case in cases()}) == 10


def test_every_word_is_there() -> None:
    assert list(missing_words()) == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_case_is_possible(case: Case) -> None:
    steps = [step.name for step in plan(ITEMS[case.item])]
    assert case.citizen in people.citizens()
    for text in case.levers:
        order.read(text, PARTS, steps)
    for hold in case.hold:
        world.known_value(hold.part, PARTS[hold.part], hold.lever, hold.value)
    for name in {case.turn, case.course.leaves, *case.course.moves, *(check.at for check in case.check)} - {""}:
        assert hasattr(views, name), name
    assert right_moves(case).item == case.item


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_case_is_worth_a_hundred_and_cannot_be_passed_without_its_point(case: Case) -> None:
    assert case.of == 100
    assert len({check.name for check in case.check}) == len(case.check)
    assert any(check.must for check in case.check)
    # What is no must still counts: hints alone never fail who did everything.
    assert case.hints * rules().hint <= 100 - rules().enough


def test_cases_are_chosen_by_number() -> None:
    assert [case.number for case in chosen(["3", "1"])] == [3, 1]
    assert len(chosen(["all"])) == 10
    with pytest.raises(Refused, match="11 — no such case"):
        chosen(["1", "11"])
