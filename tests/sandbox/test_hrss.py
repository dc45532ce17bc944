"""HRSS as the kiosk's adapter meets it: insurance papers, pensions, employment, the social security card."""

from __future__ import annotations

import pytest
import requests
from days import day

from kiosk.backoffice.mapping import load, shape
from kiosk.http import Shape
from kiosk.people import citizens

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "T.t"}
MOBILE = {"mobile": "13800000005"}
HOME = {"address": "350203/莲前街道/悦海路18号602室", "mobile": "13800000001"}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(sandbox):
    keys = iter(range(1000))
    shapes = {name: Shape(shape(operation)) for name, operation in load("HRSS").operations.items()}

    def post(operation, citizen, key=None, **body):
        headers = {**HEADERS, "Idempotency-Key": key or f"KEY-{next(keys):05d}"}
        sent = {"person": person(citizen), **body} if citizen else body
        with requests.post(f"{sandbox.url}/hrss/{operation}", json=sent, headers=headers, timeout=30) as response:
            reply = response.json()
        if reply["code"] == "0":
            shapes[operation].check(reply["data"])  # as the adapter does
        return reply

    return post


def test_the_record_lists_every_payment_and_adds_up_what_the_person_paid(ask):
    data = ask("queryPayments", "c02", insurance="all", period="2025-01/2025-12")["data"]
    page = data["document"]
    assert data["months"] == "12 个月" and len(page["rows"]) == 36
    assert {row[1] for row in page["rows"]} == {"养老保险", "失业保险", "工伤保险"}
    own = sum(round(float(row[5]) * 100) for row in page["rows"])
    assert f"个人缴纳合计{own / 100:.2f}元" in page["paragraphs"][0]
    assert all(row[5] == "0.00" for row in page["rows"] if row[1] == "工伤保险")


def test_a_record_of_one_insurance_has_only_that_one(ask):
    page = ask("queryPayments", "c02", insurance="injury", period="2025-01/2025-03")["data"]["document"]
    assert [row[1] for row in page["rows"]] == ["工伤保险"] * 3
    assert ask("queryPayments", "c10", insurance="injury", period="2025-01/2025-12")["code"] == "HRSS-4040"  # works for himself
    assert ask("queryPayments", "c02", insurance="all", period="2019-01/2025-12")["code"] == "HRSS-4001"
    other = {**person("c02"), "name": "王五"}
    assert ask("queryPayments", "", person=other, insurance="all", period="2025-01/2025-02")["code"] == "HRSS-4040"


def test_the_transfer_voucher_adds_the_account_up_year_by_year(ask):
    data = ask("issueTransferVoucher", "c01", "V1-S", destination="out_province")["data"]
    rows = data["document"]["rows"]
    assert data["months"] == f"{sum(int(row[2]) for row in rows)} 个月" and rows[0][0] == "2021"
    account = [float(row[4]) for row in rows]
    assert account == sorted(account) and f"储存额{rows[-1][4]}元" in data["document"]["paragraphs"][0]
    assert ask("issueTransferVoucher", "c01", "V1-S", destination="out_province")["data"] == data
    assert ask("issueTransferVoucher", "c05", destination="in_province")["code"] == "HRSS-4040"


def test_a_pension_goes_on_for_a_year_once_its_receiver_was_seen(ask):
    first = ask("submitLiveness", "c05", "V1-S", **MOBILE)
    assert ask("submitLiveness", "c05", "V1-S", **MOBILE) == first
    found = ask("queryAuthResult", "c05", case_no=first["data"]["case_no"])["data"]
    assert found == {"result": "认证通过，待遇照常发放", "next_by": day(365)}
    assert ask("queryAuthResult", "c06", case_no=first["data"]["case_no"])["code"] == "HRSS-4043"


def test_an_old_number_on_file_stops_the_comparison_but_neither_the_form_nor_the_visit(ask):
    assert ask("submitLiveness", "c12", **MOBILE)["code"] == "HRSS-4091"
    form = ask("issuePaperForm", "c12", **MOBILE)["data"]
    assert form["document"]["holder"]["受理编号"] == form["case_no"]
    visit = ask("requestHomeVisit", "c12", "V2-S", **MOBILE)
    assert ask("requestHomeVisit", "c12", "V2-S", **MOBILE) == visit
    assert ask("requestHomeVisit", "c12", "V3-S", **MOBILE)["code"] == "HRSS-4092"
    found = ask("queryAuthResult", "c12", case_no=visit["data"]["case_no"])["data"]
    assert "上门" in found["result"] and found["next_by"] == day(40)


@pytest.mark.parametrize("operation", ["submitLiveness", "issuePaperForm", "requestHomeVisit"])
def test_only_who_receives_a_pension_proves_it(ask, operation):
    assert ask(operation, "c01", **MOBILE)["code"] == "HRSS-4042"
    assert ask(operation, "", person={**person("c05"), "name": "王五"}, **MOBILE)["code"] == "HRSS-4041"


def test_the_newest_registration_is_the_one_that_is_certified(ask):
    assert ask("queryEmploymentReg", "c01")["data"]["kind"] == "就业登记"
    new = {"type": "unemployed", "since": day(), **HOME}
    first = ask("createEmploymentReg", "c01", "V1-S", **new)
    assert first["data"]["kind"] == "失业登记" and ask("createEmploymentReg", "c01", "V1-S", **new) == first
    page = ask("queryEmploymentReg", "c01")["data"]["document"]
    assert page["rows"] == [["失业登记", "—", day(), day()]]
    assert ask("createEmploymentReg", "c01", **new)["code"] == "HRSS-4094"
    assert ask("queryEmploymentReg", "c06")["code"] == "HRSS-4044"


@pytest.mark.parametrize(
    ("citizen", "change", "code"),
    [
        ("c01", {}, "0"),
        ("c01", {"employer": "厦门鹭岛软件有限公司"}, "HRSS-4094"),  # works there already
        ("c01", {"employer": ""}, "HRSS-4001"),
        ("c01", {"since": 2}, "HRSS-4001"),
        ("c05", {}, "HRSS-4093"),
    ],
)
def test_who_may_register_and_how(ask, citizen, change, code):
    new = {"type": "employed", "employer": "厦门观音山咖啡有限公司", **HOME, **change, "since": day(change.get("since", 0))}
    assert ask("createEmploymentReg", citizen, **new)["code"] == code


def test_a_card_is_put_on_hold_and_taken_off_again(ask):
    assert ask("changeCard", "c01", action="resume", **MOBILE)["code"] == "HRSS-4096"
    held = ask("changeCard", "c01", "V1-S", action="suspend", **MOBILE)
    assert held["data"]["state"] == "临时挂失" and held["data"]["card"] == "尾号 7919"
    assert ask("changeCard", "c01", "V1-S", action="suspend", **MOBILE) == held
    assert ask("changeCard", "c01", action="suspend", **MOBILE)["code"] == "HRSS-4095"
    assert ask("changeCard", "c01", action="resume", **MOBILE)["data"]["state"] == "正常"
    assert ask("changeCard", "c08", action="resume", **MOBILE)["code"] == "HRSS-4097"
    assert ask("changeCard", "c11", action="suspend", **MOBILE)["code"] == "HRSS-4045"
