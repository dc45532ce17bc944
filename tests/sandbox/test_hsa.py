"""HSA as the kiosk's adapter meets it: the certificate of contributions, treatment in another city."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import requests

from kiosk.people import citizens
from kiosk.sandbox.records import XIAMEN

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "TEST.test"}
FILING = {"type": "retired", "region": "330100", "mobile": "13800000001"}


def day(ahead):
    return f"{datetime.now(XIAMEN).date() + timedelta(days=ahead)}"


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(asking):
    return asking("HSA")


def test_the_certificate_has_a_row_for_each_month(ask):
    data = ask("queryRecords", "c01", "V1-S", period="2024-01/2024-12")["data"]
    assert data["months"] == "12 个月" and len(data["document"]["rows"]) == 12
    assert {len(row) for row in data["document"]["rows"]} == {len(data["document"]["columns"])}
    assert ask("queryRecords", "c01", "V1-S", period="2024-01/2024-12")["data"] == data
    assert ask("queryRecords", "c06", period="2024-01/2024-12")["code"] == "HSA-4041"
    assert ask("queryRecords", "c01", period="2015-01/2015-12")["code"] == "HSA-4041"


@pytest.mark.parametrize("period", ["2024-12/2024-01", "2018-01/2024-01", "2024-01/2999-01"])
def test_no_more_than_sixty_months_that_are_over(ask, period):
    assert ask("queryRecords", "c01", period=period)["code"] == "SYS-4000"


def test_treatment_elsewhere_is_filed_once(ask):
    wish = {**FILING, "start": day(0)}
    filed = ask("createRemoteFiling", "c05", "V1-S", **wish)
    assert filed["data"]["state"] == "已备案" and filed["data"]["valid"].endswith("起长期有效")
    assert ask("createRemoteFiling", "c05", "V1-S", **wish) == filed
    assert ask("createRemoteFiling", "c05", **{**wish, "type": "temporary", "start": day(9)})["code"] == "HSA-4091"
    assert ask("createRemoteFiling", "c05", **{**wish, "region": "440100"})["code"] == "0"
    with requests.get(filed["data"]["qr"], timeout=10) as page:
        assert page.status_code == 200 and "已生效" in page.text and person("c05")["name"] not in page.text
    with requests.get(filed["data"]["qr"][:-8] + "00000000", timeout=10) as page:
        assert page.status_code == 404


def test_a_journey_is_filed_for_half_a_year_and_then_again(ask):
    wish = {**FILING, "type": "temporary"}
    assert "至" in ask("createRemoteFiling", "c01", **wish, start=day(0))["data"]["valid"]
    assert ask("createRemoteFiling", "c01", **wish, start=day(182))["code"] == "HSA-4091"
    assert ask("createRemoteFiling", "c01", **wish, start=day(183))["code"] == "0"


@pytest.mark.parametrize(
    "changed", [{"region": "350200"}, {"region": "350203"}, {"region": "330102"}, {"region": "999900"}, {"start": -1}, {"start": 400}]
)
def test_only_another_city_and_only_from_today_on(ask, changed):
    wish = {**FILING, **changed}
    assert ask("createRemoteFiling", "c01", **{**wish, "start": day(changed.get("start", 0))})["code"] == "SYS-4000"


def test_who_is_not_insured_here_files_at_home(ask):
    assert ask("createRemoteFiling", "c06", **FILING, start=day(0))["code"] == "HSA-4042"


def test_name_and_number_must_belong_together(ask):
    wrong = {**person("c01"), "name": "王五"}
    assert ask("queryRecords", "", person=wrong, period="2024-01/2024-12")["code"] == "HSA-4040"
    assert ask("createRemoteFiling", "", person=wrong, **FILING, start=day(0))["code"] == "HSA-4040"
