"""MCA as the kiosk's adapter meets it: appointments at the marriage registration offices."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from kiosk.people import citizens
from kiosk.sandbox.records import XIAMEN

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "TEST.test"}
WHERE = {"office": "jimei", "business": "marry"}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(asking):
    return asking("MCA")


def test_an_hour_is_kept_once_and_given_back(ask):
    slots = ask("listSlots", "", **WHERE)["data"]["slots"]
    tomorrow = datetime.now(XIAMEN).date() + timedelta(1)
    assert all(tomorrow <= date.fromisoformat(one["day"]) <= tomorrow + timedelta(30) for one in slots)
    assert all(date.fromisoformat(one["day"]).weekday() < 5 and one["left"] > 0 for one in slots)
    last = next(one for one in slots if one["left"] == 1)
    wish = {**WHERE, "slot": last["value"], "partner_name": "王伟", "mobile": "13800000001"}
    kept = ask("book", "c01", "V1-S", **wish)
    assert kept["data"]["where"] == "集美区民政局婚姻登记处" and last["time"] in kept["data"]["when"]
    assert ask("book", "c01", "V1-S", **wish) == kept
    assert ask("book", "c08", **wish)["code"] == "MCA-4093"
    other = next(one for one in slots if one["left"] > 1)
    assert ask("book", "c01", **{**wish, "slot": other["value"]})["code"] == "MCA-4094"
    assert ask("cancel", "c08", case_no=kept["data"]["case_no"])["code"] == "MCA-4042"
    assert ask("cancel", "c01", case_no=kept["data"]["case_no"])["data"] == {"cancelled": True}
    assert ask("book", "c08", **wish)["code"] == "0"


def test_nobody_meets_themselves_or_yesterday(ask):
    wish = {**WHERE, "slot": "20200102-0830", "partner_name": "王伟", "mobile": "13800000001"}
    assert ask("book", "c01", **wish)["code"] == "MCA-4093"
    assert ask("book", "c01", **{**wish, "partner_name": person("c01")["name"]})["code"] == "MCA-4031"
    assert ask("book", "", person={**person("c01"), "name": "王五"}, **wish)["code"] == "MCA-4040"
