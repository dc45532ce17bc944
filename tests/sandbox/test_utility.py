"""UTIL as the kiosk's adapter meets it: bills that anybody may pay who knows the account."""

from __future__ import annotations

import pytest
import requests

from kiosk.people import citizens

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "TEST.test"}
BILL = {"utility": "water", "account_no": "3502001234567"}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(asking):
    return asking("UTIL")


def test_only_a_masked_name_and_the_amount_are_told(ask):
    assert ask("queryBill", "", **BILL)["data"]["facts"] == [{"label": "户名", "value": "*建明"}, {"label": "应缴水费", "value": "¥68.40"}]
    assert ask("quoteBill", "", **BILL)["data"] == {"amount_fen": 6_840}
    firm = ask("queryBill", "", utility="water", account_no="210688")["data"]["facts"][0]["value"]
    assert firm.startswith("厦门***") and "曾厝垵" not in firm


def test_a_bill_is_paid_once(ask, sandbox):
    word = {**BILL, "order_no": "V1-P1", "amount_fen": 6_840}
    assert ask("notifyPaid", "", **{**word, "amount_fen": 6_839})["code"] == "UTIL-4092"
    paid = ask("notifyPaid", "", "V1-S", **word)
    assert ask("notifyPaid", "", "V1-S", **word) == paid
    for operation, body in {"queryBill": BILL, "quoteBill": BILL, "notifyPaid": word}.items():
        assert ask(operation, "", **body)["code"] == "UTIL-4091"
    assert [one["repeated"] for one in sandbox.ledger()["deeds"] if one["operation"] == "UTIL.notifyPaid"] == [1]
    with requests.get(paid["data"]["qr"], timeout=10) as page:
        assert page.status_code == 200 and "¥68.40" in page.text and "建明" not in page.text and BILL["account_no"] not in page.text
    with requests.get(paid["data"]["qr"][:-8] + "00000000", timeout=10) as page:
        assert page.status_code == 404


def test_an_account_is_of_one_utility(ask):
    assert ask("queryBill", "", **{**BILL, "utility": "gas"})["code"] == "UTIL-4040"
    assert ask("queryBill", "", utility="gas", account_no="61040093")["code"] == "UTIL-4091"
    for number in ("12345", "12345678901234", "35020012345a7"):
        assert ask("queryBill", "", utility="water", account_no=number)["code"] == "SYS-4000"
