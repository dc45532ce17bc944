"""The population register of the sandbox, through HTTP: identity cards, households, certificates."""

from __future__ import annotations

import base64
import io
import json
from datetime import timedelta

import pytest
import requests
from jsonschema import Draft202012Validator
from PIL import Image

from kiosk.backoffice.mapping import load, shape
from kiosk.flow.checks import check, id_number
from kiosk.model.item import Input, InputType
from kiosk.people import citizens
from kiosk.sandbox.departments.population import HOMES
from kiosk.sandbox.records import Records

HEADERS = {"X-Request-Id": "r" * 16, "X-Station": "XM0001", "X-Operation": "TEST.test"}
MAP = load("PSB-POP")
MOBILE = "13800000001"


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


def ask(sandbox, operation, citizen="c01", key="KEY-0001", **body):
    """The department's code and data; a success has the shape of the shipped map."""
    asked = {"person": person(citizen), **body}
    with requests.post(
        f"{sandbox.url}/psb-pop/{operation}", json=asked, headers={**HEADERS, "Idempotency-Key": key}, timeout=10
    ) as response:
        answer = response.json()
    if answer["code"] == "0":
        Draft202012Validator(dict(shape(MAP.operations[operation]))).validate(answer["data"])
    else:
        assert answer["code"] in MAP.errors and response.status_code >= 400
    return answer["code"], answer.get("data")


def portrait():
    return base64.b64encode(citizens()["c01"].portrait.read_bytes()).decode()


def renewal(**changed):
    paid = {"order_no": "V1-P1", "amount_fen": 4_000, "reason": "damaged"}
    return {"mobile": MOBILE, "photo": [portrait()], "delivery": "pickup", **paid, **changed}


def text(page):
    return json.dumps(page, ensure_ascii=False)


def test_everybody_in_the_register_could_exist():
    for relation, members in HOMES.values():
        assert [relation, *(as_ for _, _, as_ in members)].count("户主") == 1
        assert all(id_number(number, Records.now().date()) == "" for _, number, _ in members)


def test_the_register_fills_in_what_a_form_accepts(sandbox):
    for citizen in citizens():
        code, known = ask(sandbox, "profile", citizen)
        assert code == "0"
        assert check(Input(name="address", type=InputType.ADDRESS), known["address"], frozenset(), Records.now().date()) == ""
        assert check(Input(name="mobile", type=InputType.PHONE), known["mobile"], frozenset(), Records.now().date()) == ""
    assert known["mobile"] == "13800000012"


@pytest.mark.parametrize("operation", ["profile", "issueTempIdCert", "queryHousehold", "checkCriminalRecord", "queryIdCardProgress"])
def test_a_name_must_belong_to_the_number(sandbox, operation):
    body = {
        "issueTempIdCert": {"purpose": "train", "mobile": MOBILE},
        "queryHousehold": {"cert_type": "self"},
        "checkCriminalRecord": {"purpose": "job", "mobile": MOBILE},
    }.get(operation, {})
    assert ask(sandbox, operation, **body)[0] == "0"
    assert ask(sandbox, operation, key="KEY-0002", person={**person("c01"), "name": "王五"}, **body)[0] == "POP-4040"


def test_a_temporary_certificate_says_who_one_is_for_a_week(sandbox):
    code, data = ask(sandbox, "issueTempIdCert", purpose="hotel", mobile=MOBILE, copies=2)
    assert code == "0" and data["valid_until"] == str(Records.now().date() + timedelta(days=7))
    assert person("c01")["id_number"] in text(data["document"]) and "住宿登记" in text(data["document"])
    assert ask(sandbox, "issueTempIdCert", purpose="hotel", mobile=MOBILE, copies=2)[1] == data
    assert ask(sandbox, "issueTempIdCert", purpose="hotel", mobile=MOBILE, copies=1)[0] == "SYS-4090"
    assert sandbox.ledger()["certificates"] == 1


def test_only_a_card_that_ends_is_renewed_because_of_it(sandbox):
    assert ask(sandbox, "checkIdCard", "c10", reason="expired")[0] == "0"
    assert ask(sandbox, "checkIdCard", "c01", reason="expired")[0] == "POP-4092"
    assert ask(sandbox, "checkIdCard", "c06", reason="expired")[0] == "POP-4092"  # valid without end
    body = renewal(reason="expired", amount_fen=2_000)
    assert ask(sandbox, "createIdCardRenewal", "c01", **body)[0] == "POP-4092"
    code, data = ask(sandbox, "createIdCardRenewal", "c10", **body)
    assert code == "0" and data["office"].startswith("厦门市公安局")


def test_a_new_card_is_asked_for_once_and_can_be_followed(sandbox):
    assert ask(sandbox, "checkIdCard", reason="damaged")[1]["facts"][0]["value"] == "2041年3月15日"
    code, data = ask(sandbox, "createIdCardRenewal", **renewal())
    assert code == "0" and ask(sandbox, "createIdCardRenewal", **renewal()) == (code, data)
    assert ask(sandbox, "createIdCardRenewal", key="KEY-0002", **renewal())[0] == "POP-4091"
    assert ask(sandbox, "checkIdCard", reason="damaged")[0] == "POP-4091"
    found = ask(sandbox, "queryIdCardProgress", acceptance_no=data["case_no"])[1]
    assert found["count"] == 1 and data["case_no"] in text(found) and "已受理" in text(found)
    assert ask(sandbox, "queryIdCardProgress", "c03", acceptance_no=data["case_no"])[1] == {"count": 0, "records": []}
    with requests.get(data["qr"], timeout=10) as page:
        assert page.status_code == 200 and data["case_no"] in page.text and person("c01")["name"] not in page.text


@pytest.mark.parametrize(("reason", "fen"), [("damaged", 4_000), ("changed", 2_000)])
def test_what_was_paid_is_what_it_costs(sandbox, reason, fen):
    for wrong in (fen - 1, 6_000 - fen):
        assert ask(sandbox, "createIdCardRenewal", **renewal(reason=reason, amount_fen=wrong))[0] == "POP-4093"
    assert ask(sandbox, "createIdCardRenewal", **renewal(reason=reason, amount_fen=fen))[0] == "0"


def test_a_lost_card_is_asked_for_anew(sandbox):
    body = renewal()
    del body["reason"]
    assert ask(sandbox, "checkIdCard")[0] == "0"
    assert ask(sandbox, "createIdCardReissue", **{**body, "amount_fen": 2_000})[0] == "POP-4093"
    code, data = ask(sandbox, "createIdCardReissue", **body)
    assert code == "0" and "补领" in text(ask(sandbox, "queryIdCardProgress")[1])
    assert ask(sandbox, "createIdCardReissue", **body)[1] == data
    assert ask(sandbox, "checkIdCard")[0] == "POP-4091"


def test_cards_under_way_since_before_are_at_different_stages(sandbox):
    told = {citizen: text(ask(sandbox, "queryIdCardProgress", citizen)[1]) for citizen in ("c01", "c02", "c05", "c09")}
    assert json.loads(told["c01"])["count"] == 0
    assert "正在制证" in told["c02"] and "已领取" in told["c05"] and "可以领取" in told["c09"]
    assert ask(sandbox, "checkIdCard", "c05", reason="damaged")[0] == "0"  # that one was fetched long ago


def tiny():
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("photo", [[], ["no base64!"], [base64.b64encode(b"not a picture").decode()], [base64.b64encode(tiny()).decode()]])
def test_a_photo_must_be_a_picture(sandbox, photo):
    assert ask(sandbox, "createIdCardRenewal", **renewal(photo=photo))[0] == "SYS-4000"


def test_a_certificate_about_the_household(sandbox):
    facts = ask(sandbox, "queryHousehold", cert_type="kin")[1]["facts"]
    assert {"label": "同户人数", "value": "3 人"} in facts
    code, data = ask(sandbox, "issueCert", cert_type="kin", purpose="school", copies=1)
    assert code == "0" and data["document"]["title"] == "同户亲属关系证明" and len(data["document"]["rows"]) == 3
    family = HOMES["c01"][1]
    assert all(name in text(data["document"]) and number not in text(data["document"]) for name, number, _ in family)
    assert ask(sandbox, "issueCert", cert_type="kin", purpose="school", copies=1)[1] == data
    alone = ask(sandbox, "issueCert", key="KEY-0002", cert_type="self", purpose="abroad")[1]["document"]
    assert alone["rows"] == [] and not any(name in text(alone) for name, _, _ in family)
    changed = ask(sandbox, "issueCert", key="KEY-0003", cert_type="change", purpose="notary")[1]["document"]
    assert changed["rows"][0][1:3] == ["户籍地址", citizens()["c01"].card.address]


@pytest.mark.parametrize(("citizen", "cert_type", "code"), [("c08", "kin", "POP-4041"), ("c06", "change", "POP-4042")])
def test_nothing_is_certified_where_there_is_nothing(sandbox, citizen, cert_type, code):
    assert ask(sandbox, "queryHousehold", citizen, cert_type=cert_type)[0] == code
    assert ask(sandbox, "issueCert", citizen, cert_type=cert_type, purpose="other")[0] == code
    assert ask(sandbox, "issueCert", citizen, cert_type="self", purpose="other")[0] == "0"


def test_no_record_or_a_clerk_looks_first(sandbox):
    code, data = ask(sandbox, "checkCriminalRecord", purpose="visa", recipient="某某领事馆", mobile=MOBILE)
    assert code == "0" and "未发现有犯罪记录" in text(data["document"]) and "某某领事馆" in text(data["document"])
    assert ask(sandbox, "checkCriminalRecord", purpose="visa", recipient="某某领事馆", mobile=MOBILE)[1] == data
    code, data = ask(sandbox, "checkCriminalRecord", "c04", key="KEY-0002", purpose="job", mobile=MOBILE)
    assert code == "0" and set(data) == {"case_no", "pickup_code", "ready_on"}
    assert sandbox.ledger()["certificates"] == 1
