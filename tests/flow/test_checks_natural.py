"""What the scripted citizen answers is right, for every type of question: a journey never stumbles over its own typing."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.flow.checks import PATTERNS, check, known_places
from kiosk.flow.views import Field, Option
from kiosk.model.item import Input, InputType
from kiosk.testing.stage import natural

TODAY = date(2026, 11, 22)
OPTIONS = (Option(value="a", label="甲"), Option(value="b", label="乙"))
RULES = {"han_name": 50, "digits": 15, "code": 12, "contract_no": 30, "vin_tail": 6, "id_tail": 6, "mobile": 11}
QUESTIONS = [
    *(Input(name=type.value, type=type, options=("a", "b")) for type in InputType if not type.captured),
    *(Input(name=pattern, type=InputType.TEXT, pattern=pattern, max=most) for pattern, most in RULES.items()),
    *(Input(name="permit", type=InputType.PERMIT_NO, pattern=pattern) for pattern in ("hkmo_permit", "taiwan_permit")),
    Input(name="elsewhere", type=InputType.ADMIN_CODE, pattern="not_xiamen"),
    Input(name="birth", type=InputType.DATE, max=0),
    Input(name="start", type=InputType.DATE, min=0),
    Input(name="many", type=InputType.MULTI_SELECT, min=2, options=("a", "b")),
]


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_a_natural_answer_is_a_right_answer(one):
    field = Field(
        name=one.name,
        type=one.type.value,
        label="",
        options=known_places(one.type) or OPTIONS,
        min=one.min or 0,
        max=one.max or 0,
        pattern=one.pattern,
        earliest=str(TODAY) if one.name == "start" else "",
        latest="2026-11" if one.type is InputType.MONTH_RANGE else str(TODAY) if one.type is InputType.DATE else "",
    )
    assert check(one, natural(field, ""), frozenset({"a", "b"}), TODAY) == ""
    assert natural(field, "typed before") == "typed before"


def test_every_rule_has_a_natural_answer():
    assert set(RULES) | {"hkmo_permit", "taiwan_permit", "not_xiamen"} == set(PATTERNS)
