"""HPF as the kiosk's adapter meets it: certificates, the account, withdrawals."""

from __future__ import annotations

from datetime import datetime

import pytest
import requests

from kiosk.people import citizens
from kiosk.sandbox.records import XIAMEN

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "TEST.test"}
PURCHASE = {
    "mobile": "13800000001", "relation": "self", "purchase_type": "commercial", "bank": "icbc", "contract_no": "XM-2026-001234",
}  # fmt: skip


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(asking):
    return asking("HPF")


def test_the_certificate_says_for_how_long_and_how_much(ask):
    data = ask("issueCert", "c01", "V1-S", cert_type="deposit", copies=2)["data"]
    page = data["document"]
    assert page["title"] == "住房公积金缴存证明" and page["holder"]["缴存单位"] == "厦门鹭岛软件有限公司"
    assert "自2021-07至" in page["paragraphs"][0] and page["holder"]["账户余额"] == ask("queryAccount", "c01")["data"]["balance"]
    assert ask("issueCert", "c01", "V1-S", cert_type="deposit", copies=2)["data"] == data
    assert ask("issueCert", "c01", "V1-S", cert_type="deposit", copies=1)["code"] == "SYS-4090"


@pytest.mark.parametrize(
    ("citizen", "cert_type", "code"),
    [
        ("c08", "deposit", "0"),  # sealed accounts are certified too
        ("c08", "remote_loan", "HPF-4032"),
        ("c02", "remote_loan", "HPF-4033"),
        ("c03", "remote_loan", "0"),
        ("c03", "loan_settled", "0"),
        ("c02", "loan_settled", "HPF-4033"),
        ("c01", "loan_settled", "HPF-4042"),
        ("c05", "deposit", "HPF-4041"),
    ],
)
def test_only_what_is_so_is_certified(ask, citizen, cert_type, code):
    assert ask("issueCert", citizen, cert_type=cert_type)["code"] == code


def test_the_account_is_told_year_by_year(ask):
    today = datetime.now(XIAMEN).date()
    data = ask("queryAccount", "c01", period=f"{today.year - 2}-01/{today:%Y-%m}")["data"]
    assert data["state"] == "正常缴存" and data["account"].startswith("****")
    assert [one["title"] for one in data["records"]] == [f"{today.year - n}年" for n in range(3)]
    paid_in, interest = data["records"][1]["rows"]
    assert paid_in["label"] == "汇缴" and paid_in["value"].startswith("12 笔，¥") and interest["value"].startswith("1 笔，¥")
    assert ask("queryAccount", "c08")["data"]["state"] == "封存（2022-02 起）"
    assert ask("queryAccount", "c01", period=f"{today.year - 5}-01/{today:%Y-%m}")["code"] == "SYS-4000"
    assert ask("queryAccount", "c01", period=f"{today:%Y-%m}/{today.year + 1}-01")["code"] == "SYS-4000"
    assert ask("queryAccount", "c12")["code"] == "HPF-4041"


def test_a_home_in_the_city_opens_the_account_once(ask):
    balance = ask("queryAccount", "c01")["data"]["balance"]
    assert ask("checkWithdrawal", "c01", **PURCHASE)["data"]["facts"][0] == {"label": "本次可提取", "value": balance}
    taken = ask("createWithdrawal", "c01", "V1-S", **PURCHASE)
    assert taken["data"]["amount"] == balance and ask("createWithdrawal", "c01", "V1-S", **PURCHASE) == taken
    assert ask("queryAccount", "c01")["data"]["balance"] == "¥0.00"
    assert ask("checkWithdrawal", "c01", **PURCHASE)["code"] == "HPF-4091"
    assert ask("createWithdrawal", "c01", **PURCHASE)["code"] == "HPF-4091"
    with requests.get(taken["data"]["qr"], timeout=10) as page:
        assert page.status_code == 200 and "已受理" in page.text and "¥" not in page.text and person("c01")["name"] not in page.text
    with requests.get(taken["data"]["qr"][:-8] + "00000000", timeout=10) as page:
        assert page.status_code == 404


def test_no_more_is_taken_out_than_the_home_costs(ask):
    share = {**PURCHASE, "purchase_type": "affordable", "contract_no": "XM-2026-004721"}
    assert ask("createWithdrawal", "c07", **share)["data"]["amount"] == "¥58,000.00"
    assert ask("queryAccount", "c07")["data"]["balance"] not in ("¥0.00", "¥58,000.00")


def test_a_parent_and_a_spouse_may_help_with_the_home(ask):
    for citizen, changed in {
        "c10": {"relation": "parent", "purchase_type": "second_hand", "contract_no": "XM-2026-003057"},
        "c03": {"relation": "spouse", "contract_no": "XM-2026-002208"},
        "c09": {"relation": "child", "contract_no": "XM-2024-017902"},
    }.items():
        assert ask("createWithdrawal", citizen, **{**PURCHASE, **changed})["code"] == "0"


@pytest.mark.parametrize(
    ("citizen", "changed"),
    [
        ("c01", {"contract_no": "XM-2026-999999"}),
        ("c01", {"relation": "spouse"}),
        ("c01", {"purchase_type": "second_hand"}),
        ("c09", {}),  # somebody else's contract
    ],
)
def test_the_contract_must_be_what_the_registry_knows(ask, citizen, changed):
    assert ask("checkWithdrawal", citizen, **{**PURCHASE, **changed})["code"] == "HPF-4043"
    assert ask("createWithdrawal", citizen, **{**PURCHASE, **changed})["code"] == "HPF-4043"


@pytest.mark.parametrize(
    ("citizen", "code"), [("c04", "0"), ("c08", "0"), ("c10", "0"), ("c01", "HPF-4034"), ("c09", "HPF-4031"), ("c06", "HPF-4041")]
)
def test_on_leaving_takes_out_who_came_from_elsewhere_and_stopped_working_here(ask, citizen, code):
    leave = {"mobile": "13800000001", "bank_card": "6228480402564890018"}
    assert ask("checkWithdrawal", citizen, **leave)["code"] == code
    assert ask("createWithdrawal", citizen, **leave)["code"] == code
    if code == "0":
        assert ask("createWithdrawal", citizen, **leave)["code"] == "HPF-4091"


@pytest.mark.parametrize(
    "body",
    [
        {"bank_card": "6228480402564890019"},  # its check digit is wrong
        {**PURCHASE, "bank_card": "6228480402564890018"},
        {**PURCHASE, "contract_no": None},
        {"mobile": "13800000001"},
    ],
)
def test_either_a_contract_or_a_card(ask, body):
    assert ask("createWithdrawal", "c08", **{"mobile": "13800000001", **body})["code"] == "SYS-4000"


def test_name_and_number_must_belong_together(ask):
    wrong = {**person("c01"), "name": "王五"}
    for operation, body in {"issueCert": {"cert_type": "deposit"}, "queryAccount": {}, "checkWithdrawal": PURCHASE}.items():
        assert ask(operation, "", person=wrong, **body)["code"] == "HPF-4040"
