"""TRANS as the kiosk's adapter meets it: qualifications, integrity reviews, exams."""

from __future__ import annotations

import pytest
import requests

from kiosk.backoffice.mapping import load, shape
from kiosk.http import Shape
from kiosk.people import citizens

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "T.t"}
MOBILE = {"mobile": "13800000001"}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(sandbox):
    keys = iter(range(1000))
    shapes = {name: Shape(shape(operation)) for name, operation in load("TRANS").operations.items()}

    def post(operation, citizen="", key=None, **body):
        headers = {**HEADERS, "Idempotency-Key": key or f"KEY-{next(keys):05d}"}
        sent = {"person": person(citizen), **body} if citizen else body
        with requests.post(f"{sandbox.url}/trans/{operation}", json=sent, headers=headers, timeout=30) as response:
            reply = response.json()
        if reply["code"] == "0":
            shapes[operation].check(reply["data"])  # as the adapter does
        return reply

    return post


def test_the_page_has_every_qualification_or_the_one_that_was_asked_for(ask):
    first = ask("queryPractitioner", "c02", "V1-S")
    assert ask("queryPractitioner", "c02", "V1-S") == first
    rows = first["data"]["document"]["rows"]
    assert [row[1] for row in rows] == ["道路货物运输驾驶员", "道路危险货物运输驾驶员"]
    one = ask("queryPractitioner", "c02", cert_no=rows[1][0])["data"]["document"]
    assert one["rows"] == rows[1:]
    assert ask("queryPractitioner", "c01", cert_no=rows[1][0])["code"] == "TRANS-4042"
    assert ask("queryPractitioner", "c10")["data"]["document"]["rows"][0][4] == "已过期"


def test_who_has_none_gets_no_page(ask):
    assert ask("queryPractitioner", "c05")["code"] == "TRANS-4040"
    assert ask("queryPractitioner", person={**person("c02"), "name": "王五"})["code"] == "TRANS-4041"


def test_a_review_is_accepted_once_a_cycle(ask):
    facts = {one["label"]: one["value"] for one in ask("checkReview", "c02", category="freight")["data"]["facts"]}
    assert facts["本周期记分"] == "3 分"
    first = ask("createIntegrityReview", "c02", "V1-S", category="freight", **MOBILE)
    assert ask("createIntegrityReview", "c02", "V1-S", category="freight", **MOBILE) == first
    assert ask("createIntegrityReview", "c02", category="freight", **MOBILE)["code"] == "TRANS-4096"
    link = first["data"]["qr"]
    with requests.get(link, timeout=10) as page:
        assert page.status_code == 200 and "已受理" in page.text and citizens()["c02"].card.name not in page.text
    with requests.get(link[:-8] + "00000000", timeout=10) as page:
        assert page.status_code == 404


@pytest.mark.parametrize(
    ("citizen", "category", "code"),
    [
        ("c01", "passenger", "0"),
        ("c01", "taxi", "TRANS-4040"),
        ("c02", "hazmat", "TRANS-4097"),  # was reviewed three months ago
        ("c04", "freight", "TRANS-4092"),  # has all points
        ("c10", "taxi", "TRANS-4091"),
    ],
)
def test_who_is_reviewed(ask, citizen, category, code):
    assert ask("checkReview", citizen, category=category)["code"] == code
    assert ask("createIntegrityReview", citizen, category=category, **MOBILE)["code"] == code


def test_a_place_in_a_session_is_kept_once(ask):
    slots = ask("listExamSlots", exam="regional")["data"]["slots"]
    first = ask("bookExam", "c01", "V1-S", exam="regional", slot=slots[0]["value"], **MOBILE)
    assert slots[0]["time"] in first["data"]["when"] and first["data"]["qr"].startswith("XMYZ:")
    assert ask("bookExam", "c01", "V1-S", exam="regional", slot=slots[0]["value"], **MOBILE) == first
    now = {one["value"]: one["left"] for one in ask("listExamSlots", exam="regional")["data"]["slots"]}
    assert now.get(slots[0]["value"], 0) == slots[0]["left"] - 1
    assert ask("bookExam", "c01", exam="regional", slot=slots[1]["value"], **MOBILE)["code"] == "TRANS-4094"
    other = ask("listExamSlots", exam="public")["data"]["slots"][0]["value"]
    assert ask("bookExam", "c01", exam="public", slot=other, **MOBILE)["code"] == "0"


@pytest.mark.parametrize(("citizen", "code"), [("c06", "TRANS-4033"), ("c08", "TRANS-4095"), ("c03", "0")])
def test_who_may_take_the_exam(ask, citizen, code):
    slot = ask("listExamSlots", exam="public")["data"]["slots"][0]["value"]
    assert ask("bookExam", citizen, exam="public", slot=slot, **MOBILE)["code"] == code


def test_a_session_that_is_full_or_over_is_not_booked(ask):
    assert ask("bookExam", "c01", exam="public", slot="20200101-0900", **MOBILE)["code"] == "TRANS-4093"
    slot = min(ask("listExamSlots", exam="public")["data"]["slots"], key=lambda one: one["left"])
    able = [citizen for citizen in citizens() if citizen not in ("c05", "c06", "c08", "c10", "c11", "c12")]
    assert slot["left"] < len(able)
    for citizen in able[: slot["left"]]:
        assert ask("bookExam", citizen, exam="public", slot=slot["value"], **MOBILE)["code"] == "0"
    assert ask("bookExam", able[slot["left"]], exam="public", slot=slot["value"], **MOBILE)["code"] == "TRANS-4093"
