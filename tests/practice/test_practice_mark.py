"""A score comes from what happened alone: every kind of check, hints, and what must be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.model import events
from kiosk.practice.cases import Case, Check, Rules, cases
from kiosk.practice.evidence import Evidence, Look
from kiosk.practice.mark import mark

CARE = next(case for case in cases() if case.id == "care")
BY = Rules(enough=80, hint=5)


def look(name: str, *, language: str = "zh_Hans", care: bool = False, voice: bool = False) -> Look:
    return Look(name=name, language=language, care=care, voice=voice)


def well() -> Evidence:
    return Evidence(
        looks=[look("AttractView"), look("ReviewView", care=True, voice=True)],
        answers=[("ReviewView", "")],
        rows=(events.VisitStarted(visit="P-1", item=CARE.item),),
        ended="served",
        papers={"documents": 1},
    )


def single(**check: str) -> Case:
    return replace(CARE, check=(Check(name="one", points=10, **check),))  # type: ignore[arg-type]


def test_everything_is_worth_everything() -> None:
    found = mark(CARE, well(), BY)
    assert (found.score, found.of, found.passed, found.missed) == (100, 100, True, 0)


def test_care_mode_that_was_switched_off_again_does_not_count() -> None:
    evidence = well()
    evidence.looks.append(look("ReviewView", voice=True))
    found = mark(CARE, evidence, BY)
    assert (found.score, found.passed) == (70, False)


def test_every_hint_costs_and_never_more_than_there_is() -> None:
    evidence = well()
    evidence.hints = 2
    assert (mark(CARE, evidence, BY).score, mark(CARE, evidence, BY).passed) == (90, True)
    evidence.hints = 5
    assert not mark(CARE, evidence, BY).passed
    evidence.hints = 50
    assert mark(CARE, evidence, BY).score == 0


def test_what_must_be_fails_a_case_of_any_score() -> None:
    much, little = Check(name="much", kind="seen", of="AttractView", points=95), Check(name="little", kind="wrote", of="Paid", points=5)
    assert mark(replace(CARE, check=(much, little)), well(), BY).passed
    must = replace(CARE, check=(much, replace(little, must=True)))
    found = mark(must, well(), BY)
    assert (found.score, found.passed) == (95, False)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ({"kind": "ended", "of": "served"}, {"ended": "left"}),
        ({"kind": "item"}, {"rows": (events.VisitStarted(visit="P-1", item="my-cases"),)}),
        ({"kind": "wrote", "of": "VisitStarted"}, {"rows": ()}),
        ({"kind": "never_wrote", "of": "CardLeft"}, {"rows": (events.CardLeft(visit="P-1"),)}),
        ({"kind": "never_wrote", "of": "CardLeft"}, {"ended": ""}),
        ({"kind": "answered", "of": "", "at": "ReviewView"}, {"answers": [("ReviewView", "back")]}),
        ({"kind": "used", "of": "zh_Hans", "at": "ReviewView"}, {"looks": [look("ReviewView", language="en")]}),
        ({"kind": "rests", "of": "id_card.card"}, {"stands": {"id_card": {"card": "c05"}}}),
        ({"kind": "printed", "of": "documents"}, {"papers": {"documents": 0, "receipts": 1}}),
        ({"kind": "seen", "of": "ReviewView"}, {"looks": [look("AttractView")]}),
    ],
)
def test_a_check_sees_what_happened_and_what_did_not(check: dict[str, str], spoil: dict[str, object]) -> None:
    case, evidence = single(**check), well()
    assert mark(case, evidence, BY).met == (True,)
    for name, value in spoil.items():
        setattr(evidence, name, value)
    assert mark(case, evidence, BY).met == (False,)


def test_ended_by_hand_is_neither_the_clock_nor_the_panel() -> None:
    case, evidence = single(kind="left_by_hand"), well()
    evidence.ended, evidence.answers = "left", [("FormView", "left")]
    assert mark(case, evidence, BY).met == (True,)
    for how in ([("FormView", "gone")], []):
        evidence.answers = how
        assert mark(case, evidence, BY).met == (False,)


def test_a_hand_over_slip_has_to_come_out() -> None:
    case, evidence = single(kind="handed_over"), well()
    evidence.rows = (events.PrintIntent(visit="P-1", job="P-1-handover", document="receipt"), events.Printed(visit="P-1", job="P-1-1"))
    assert mark(case, evidence, BY).met == (False,)
    evidence.rows += (events.Printed(visit="P-1", job="P-1-handover"),)
    assert mark(case, evidence, BY).met == (True,)


def test_a_visit_that_never_began_is_worth_nothing() -> None:
    for case in cases():
        assert mark(case, Evidence(), BY).score == 0, case.id
