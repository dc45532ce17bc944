"""TAX as the kiosk's adapter meets it: the record of income tax."""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.people import citizens
from kiosk.sandbox.records import XIAMEN

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "TEST.test"}
_YEAR = datetime.now(XIAMEN).year - 2  # all of it is declared
LAST_YEAR = {"period": f"{_YEAR}-01/{_YEAR}-12", "mobile": "13800000001"}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(asking):
    return asking("TAX")


def test_the_record_has_a_row_for_each_month(ask):
    data = ask("issueTaxRecord", "c01", "V1-S", **LAST_YEAR, copies=1)["data"]
    page = data["document"]
    assert data["months"] == "12 个月" and len(page["rows"]) == 12 and {len(row) for row in page["rows"]} == {len(page["columns"])}
    # 4,800 yuan a month above what is free: 3 % of the first 36,000, 10 % of the rest of the year's 57,600
    assert [row[1] for row in page["rows"]][:3] == ["144.00"] * 3 and "合计3240.00元" in page["paragraphs"][0]
    assert ask("issueTaxRecord", "c01", "V1-S", **LAST_YEAR, copies=1)["data"] == data


def test_months_without_tax_are_a_record_too(ask):
    page = ask("issueTaxRecord", "c04", **LAST_YEAR)["data"]["document"]
    assert "合计0.00元" in page["paragraphs"][0] and all(row[1:3] == ["0.00", "—"] for row in page["rows"])


def test_what_is_not_declared_yet_is_not_told(ask):
    today = datetime.now(XIAMEN).date()
    rows = ask("issueTaxRecord", "c01", **{**LAST_YEAR, "period": f"{today.year - 1}-01/{today:%Y-%m}"})["data"]["document"]["rows"]
    assert all(row[0] <= f"{today}" for row in rows) and f"{today:%Y-%m}" not in [row[4] for row in rows]


def test_nothing_declared_is_no_record(ask):
    assert ask("issueTaxRecord", "c05", **LAST_YEAR)["code"] == "TAX-4041"
    year = int(LAST_YEAR["period"][:4])
    for period in (f"{year}-12/{year}-01", f"{year - 5}-01/{year}-12", f"{year}-01/2999-01"):
        assert ask("issueTaxRecord", "c01", **{**LAST_YEAR, "period": period})["code"] == "SYS-4000"


def test_name_and_number_must_belong_together(ask):
    wrong = {**person("c01"), "name": "王五"}
    assert ask("issueTaxRecord", "", person=wrong, **LAST_YEAR)["code"] == "TAX-4040"
