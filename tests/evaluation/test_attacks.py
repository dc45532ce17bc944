"""`kiosk identity attacks`: what it counts is what the check says, in a time of its own."""

from __future__ import annotations

import json
import random

import pytest

from kiosk.evaluation.attacks import KINDS, Row, play, table
from kiosk.identity.challenge import Challenge
from kiosk.identity.dlib_engine import DlibVerifier

BY_NAME = {kind.name: kind for kind in KINDS}


@pytest.fixture(scope="module")
def verifier():
    made = DlibVerifier()
    made.prepare()
    return made


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("a living person who follows", {""}),
        ("print, held still", {"late"}),
        ("film of all moves, on a screen", {"other", "early", "late"}),
        ("the person moves once, then somebody else", {"changed"}),
        ("a face made up live, lit by other colours", {"tints"}),
        ("a face made up live, not lit (flash = required)", {"tints"}),
    ],
)
def test_an_attempt_is_judged_as_in_a_visit(verifier, name, reasons):
    kind = BY_NAME[name]
    assert play(kind, "c03", "c04", verifier, Challenge(chance=random.Random(7), flash=kind.flash)) in reasons


def test_errors_are_attacks_that_passed_and_people_who_did_not(capsys):
    genuine, attack = Row(KINDS[0], played=12, passed=11), Row(KINDS[1], played=12, passed=1)
    genuine.why["late"] += 1
    assert genuine.right == attack.right == 11
    assert genuine.facts()["bpcer"]["value"] == attack.facts()["apcer"]["value"] == pytest.approx(1 / 12)
    assert json.dumps([genuine.facts(), attack.facts()])
    table([genuine, attack])
    said = " ".join(capsys.readouterr().out.split())
    assert "BPCER 8.3%" in said and "late 1" in said and "mask" in said and "This is no certification" in said
