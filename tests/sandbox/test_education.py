"""EDU as the kiosk's adapter meets it: how far the enrolment of somebody's child is."""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.flow.checks import id_number
from kiosk.people import citizens
from kiosk.sandbox.departments.education import CHILDREN
from kiosk.sandbox.records import XIAMEN

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "TEST.test"}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(asking):
    return asking("EDU")


@pytest.mark.parametrize(
    ("citizen", "tail", "status"), [("c01", "12345X", "材料核验中"), ("c03", "08055X", "已录取"), ("c04", "271533", "待补充材料")]
)
def test_a_guardian_sees_how_far_it_is(ask, citizen, tail, status):
    data = ask("queryEnrolment", citizen, child_id_tail=tail)["data"]
    assert data["status"] == status and {"label": "进度", "value": status} in data["records"][0]["rows"]


def test_of_the_child_nothing_else_is_told(ask):
    said = str(ask("queryEnrolment", "c03", child_id_tail="08055X"))
    assert "蓝梓轩" not in said and "08055X" not in said


def test_somebody_elses_child_and_no_child_are_the_same_answer(ask):
    other, nobody = ask("queryEnrolment", "c09", child_id_tail="12345X"), ask("queryEnrolment", "c09", child_id_tail="999999")
    assert other["code"] == nobody["code"] == "EDU-4041" and other["message"] == nobody["message"]
    assert ask("queryEnrolment", "c02", child_id_tail="160515")["code"] == "EDU-4041"  # a child of three goes to no school


def test_a_tail_has_six_characters_and_a_name_its_number(ask):
    for tail in ("12345", "12345x", "X12345", "1234567"):
        assert ask("queryEnrolment", "c01", child_id_tail=tail)["code"] == "SYS-4000"
    assert ask("queryEnrolment", "", person={**person("c01"), "name": "王五"}, child_id_tail="12345X")["code"] == "EDU-4040"


def test_every_child_could_exist_and_is_the_child_of_somebody_grown_up():
    known = citizens()
    for child, (_, _, _, guardians) in CHILDREN.items():
        assert id_number(child, datetime.now(XIAMEN).date()) == ""
        assert all(int(child[6:10]) - int(known[one].card.id_number[6:10]) >= 20 for one in guardians)
