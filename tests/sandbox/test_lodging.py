"""The lodging of people from abroad in the sandbox, through HTTP."""

from __future__ import annotations

import base64
import json

import pytest
import requests
from jsonschema import Draft202012Validator

from kiosk.backoffice.mapping import load, shape
from kiosk.people import citizens

HEADERS = {"X-Request-Id": "r" * 16, "X-Station": "XM0001", "X-Operation": "TEST.test"}
MAP = load("PSB-EXIT")
TAN = {"passport_no": "E12345678", "nationality": "SGP", "birth_date": "1990-05-17"}
LATE = {"passport_no": "509334127", "nationality": "GBR", "birth_date": "1992-07-01"}


def ask(sandbox, operation, key="KEY-0001", **body):
    """The department's code and data; a success has the shape of the shipped map."""
    with requests.post(
        f"{sandbox.url}/psb-exit/{operation}", json=body, headers={**HEADERS, "Idempotency-Key": key}, timeout=10
    ) as response:
        answer = response.json()
    if answer["code"] == "0":
        Draft202012Validator(dict(shape(MAP.operations[operation]))).validate(answer["data"])
    else:
        assert answer["code"] in MAP.errors and response.status_code >= 400
    return answer["code"], answer.get("data")


def lodging(**changed):
    picture = base64.b64encode(citizens()["c01"].portrait.read_bytes()).decode()
    house = {"house_address": "350203/中华街道/思明南路1号", "owner_name": "陈伟", "owner_contact": "13800000000"}
    return {**TAN, "photo": [picture], "residence_proof": [picture, picture], **house, **changed}


def test_an_entry_is_found_without_telling_the_name(sandbox):
    code, data = ask(sandbox, "matchEntryRecord", **TAN)
    told = json.dumps(data, ensure_ascii=False)
    assert code == "0" and "T** W** L***" in told and "WEI" not in told and "高崎" in told
    assert ask(sandbox, "matchEntryRecord", **{**TAN, "nationality": "other"})[0] == "0"


@pytest.mark.parametrize("wrong", [{"passport_no": "E12345679"}, {"nationality": "MYS"}, {"birth_date": "1990-05-18"}])
def test_passport_country_and_birth_must_belong_together(sandbox, wrong):
    assert ask(sandbox, "matchEntryRecord", **{**TAN, **wrong})[0] == "LODG-4040"
    assert ask(sandbox, "registerLodging", **lodging(**wrong))[0] == "LODG-4040"


def test_who_stayed_too_long_goes_to_the_counter(sandbox):
    assert ask(sandbox, "matchEntryRecord", **LATE)[0] == "LODG-4031"
    assert ask(sandbox, "registerLodging", **lodging(**LATE))[0] == "LODG-4031"


def test_the_form_is_issued_at_once_and_once(sandbox):
    code, data = ask(sandbox, "registerLodging", **lodging())
    assert code == "0" and ask(sandbox, "registerLodging", **lodging())[1] == data
    holder = data["document"]["holder"]
    assert (holder["姓名"], holder["国籍（地区）"], holder["住宿地址"]) == ("TAN WEI LING", "新加坡", "厦门市思明区中华街道思明南路1号")
    assert sandbox.ledger()["certificates"] == 1
    assert ask(sandbox, "registerLodging", **lodging(owner_name="王伟"))[0] == "SYS-4090"


@pytest.mark.parametrize("wrong", [{"photo": []}, {"residence_proof": ["bm8="]}, {"owner_contact": "0592"}, {"nationality": "Mars"}])
def test_what_is_not_of_the_form_is_not_taken(sandbox, wrong):
    assert ask(sandbox, "registerLodging", **lodging(**wrong))[0] == "SYS-4000"
