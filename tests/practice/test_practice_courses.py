"""The right course wins a case, and a wrong one scores less: real steps, journal, simulators and sandbox before a scripted glass."""

from __future__ import annotations

from pathlib import Path

import pytest
from trainee import course

from kiosk.flow import views
from kiosk.flow.stage import Leave
from kiosk.practice.cases import Case, cases
from kiosk.practice.mark import mark
from kiosk.sandbox.process import Sandbox

CASES = {case.id: case for case in cases()}
HOW = {  # what the trainee chose on the glass before the visit began
    "care": {"care": True, "voice": True},
    "minnan": {"language": "nan", "voice": True},
    "witness": {"faces_are": (False,)},
}


# case → how it is played wrong, and what that must cost.
WRONG = {
    "words": ({"script": {"HomeView": {"item": "traffic-fine-pay"}, "ConsentView": Leave()}}, {"item", "served", "slip"}),
    "care": ({"language": "zh_Hans"}, {"care", "voice"}),
    "fine": ({"script": {"PayView": Leave()}}, {"paid", "served", "slip"}),
    "unreadable": ({"script": {"ApologyView": {"remedy": "end"}}}, {"by_code", "served"}),
    "witness": ({"script": {"WaysView": lambda view: {"way": view.ways[-1].id}}}, {"tried_face"}),
    "minnan": ({"language": "en"}, {"minnan", "voice"}),
}


def missed(case: Case, met: tuple[bool, ...]) -> set[str]:
    return {check.name for check, well in zip(case.check, met, strict=True) if not well}


@pytest.mark.parametrize("id", CASES)
async def test_the_right_course_wins(id: str, sandbox: Sandbox, tmp_path: Path) -> None:
    case = CASES[id]
    found = mark(case, await course(case, sandbox, tmp_path, **HOW.get(id, {})))
    assert missed(case, found.met) == set()
    assert found.passed
    assert found.score == found.of == 100


@pytest.mark.parametrize("id", WRONG)
async def test_a_wrong_course_loses_its_points(id: str, sandbox: Sandbox, tmp_path: Path) -> None:
    how, costs = WRONG[id]
    case = CASES[id]
    found = mark(case, await course(case, sandbox, tmp_path, **how))
    assert missed(case, found.met) == costs
    assert found.score == 100 - sum(check.points for check in case.check if check.name in costs)
    assert not found.passed or not any(check.must for check in case.check if check.name in costs)


async def test_a_department_shelf_is_not_an_everyday_word(sandbox: Sandbox, tmp_path: Path) -> None:
    case = CASES["words"]
    shelf = {"HomeView": lambda view: {"shelf": "department:ps-household"}}
    found = mark(case, await course(case, sandbox, tmp_path, script=shelf))
    assert missed(case, found.met) == {"by_word"}
    assert (found.score, found.passed) == (70, False)


async def test_an_empty_printer_that_nobody_fills_costs_the_slip(sandbox: Sandbox, tmp_path: Path) -> None:
    case = CASES["paper"]
    found = mark(case, await course(case, sandbox, tmp_path, hands=False))
    assert missed(case, found.met) == {"roll", "slip"}
    assert not found.passed


async def test_a_card_that_nobody_takes_is_told(sandbox: Sandbox, tmp_path: Path) -> None:
    case = CASES["left"]
    found = mark(case, await course(case, sandbox, tmp_path, lifts=False))
    assert missed(case, found.met) == {"card_back", "called_back"}
    assert not found.passed


async def test_who_waits_for_the_clock_leaves_the_data_on_the_glass(sandbox: Sandbox, tmp_path: Path) -> None:
    case = CASES["gone"]
    found = mark(case, await course(case, sandbox, tmp_path, script={"FormView": lambda view: Leave(walked_away=True)}))
    assert missed(case, found.met) == {"at_once"}
    assert not found.passed


async def test_a_visit_that_is_ended_instead_of_handed_over_loses_most(sandbox: Sandbox, tmp_path: Path) -> None:
    case = CASES["asleep"]
    end = {"ApologyView": lambda view: {"remedy": "end"}}
    evidence = await course(case, sandbox, tmp_path, script=end)
    assert any(look.view == views.ApologyView.__name__ for look in evidence.looks)
    found = mark(case, evidence)
    assert missed(case, found.met) == {"handover"}
    assert not found.passed
