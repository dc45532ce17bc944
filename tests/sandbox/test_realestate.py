"""RERC as the kiosk's adapter meets it: what is registered in whose name."""

from __future__ import annotations

import pytest

from kiosk.people import citizens

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "TEST.test"}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(asking):
    return asking("RERC")


def test_who_owns_nothing_gets_that_in_writing(ask):
    data = ask("queryByPerson", "c01", "V1-S", scope="city", purpose="school")["data"]
    page = data["document"]
    assert data["found"] == "没有登记" and "无房证明" in page["title"] and page["rows"] == [] and "子女入学" in page["paragraphs"][1]
    assert ask("queryByPerson", "c01", "V1-S", scope="city", purpose="school")["data"] == data
    assert ask("queryByPerson", "c01", "V1-S", scope="huli", purpose="school")["code"] == "SYS-4090"


@pytest.mark.parametrize(("scope", "found"), [("city", "2 处"), ("huli", "1 处"), ("siming", "1 处"), ("jimei", "没有登记")])
def test_only_what_lies_in_the_area_is_listed(ask, scope, found):
    data = ask("queryByPerson", "c09", scope=scope, purpose="other", copies=3)["data"]
    assert data["found"] == found and ("无房证明" in data["document"]["title"]) == (found == "没有登记")
    assert {len(row) for row in data["document"]["rows"]} <= {len(data["document"]["columns"])}


def test_the_page_tells_nothing_of_other_people(ask):
    place = ask("queryByPerson", "c02", scope="city", purpose="rent")["data"]["document"]["rows"][0][1]
    assert place not in str(ask("queryByPerson", "c05", scope="city", purpose="rent"))


def test_name_and_number_must_belong_together(ask):
    wrong = {**person("c01"), "name": "王五"}
    assert ask("queryByPerson", "", person=wrong, scope="city", purpose="rent")["code"] == "RERC-4040"
