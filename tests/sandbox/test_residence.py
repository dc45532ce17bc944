"""Residence in the sandbox, through HTTP: registration, the permit and its endorsement, rental houses."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
import requests
from jsonschema import Draft202012Validator

from kiosk.backoffice.mapping import load, shape
from kiosk.people import citizens
from kiosk.sandbox.departments.population import HOMES, LIVES
from kiosk.sandbox.departments.residence import months_later
from kiosk.sandbox.records import Records

HEADERS = {"X-Request-Id": "r" * 16, "X-Station": "XM0001", "X-Operation": "TEST.test"}
MAP = load("PSB-RES")
MOBILE = "13800000001"
UNFILED = "350203/中华街道/思明南路1号"


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


def ask(sandbox, operation, citizen="c01", key="KEY-0001", **body):
    """The department's code and data; a success has the shape of the shipped map."""
    asked = {"person": person(citizen), **body}
    with requests.post(
        f"{sandbox.url}/psb-res/{operation}", json=asked, headers={**HEADERS, "Idempotency-Key": key}, timeout=10
    ) as response:
        answer = response.json()
    if answer["code"] == "0":
        Draft202012Validator(dict(shape(MAP.operations[operation]))).validate(answer["data"])
    else:
        assert answer["code"] in MAP.errors and response.status_code >= 400
    return answer["code"], answer.get("data")


def picture():
    return base64.b64encode(citizens()["c01"].portrait.read_bytes()).decode()


def today():
    return Records.now().date()


def said(facts):
    return {one["label"]: one["value"] for one in facts["facts"]}


def page(url):
    with requests.get(url, timeout=10) as response:
        return response.status_code, response.text


# -- registration ------------------------------------------------------------------------------------------------------
def registration(**changed):
    return {"address": LIVES["c09"], "dwelling": "own", "move_in": str(today()), "mobile": MOBILE, **changed}


def home(**changed):
    return {name: value for name, value in registration(**changed).items() if name not in ("move_in", "mobile")}


def test_a_newcomer_registers_and_learns_when_the_half_year_is_full(sandbox):
    code, data = ask(sandbox, "createRegistration", "c09", **registration())
    assert code == "0" and data["permit_from"] == str(months_later(today(), 6))
    assert ask(sandbox, "createRegistration", "c09", **registration())[1] == data
    status, told = page(data["qr"])
    assert status == 200 and data["case_no"] in told and "已办结" in told and person("c09")["name"] not in told
    moved = ask(sandbox, "createRegistration", "c01", "KEY-0002", **registration())[1]
    assert moved["permit_from"] < data["permit_from"]  # whoever moves within the city keeps the time they have


def test_a_rented_home_must_have_been_filed(sandbox):
    found = said(ask(sandbox, "matchLandlordRecord", address=LIVES["c01"], dwelling="rental")[1])
    assert found["房东"] == "周**" and found["出租房屋编码"].startswith("350203")
    rented = home(address=UNFILED, dwelling="rental")
    assert ask(sandbox, "matchLandlordRecord", **rented)[0] == "RES-4042"
    assert ask(sandbox, "createRegistration", **registration(**rented))[0] == "RES-4042"
    by_code = {**rented, "house_code": "350203123456"}
    assert ask(sandbox, "createRegistration", **registration(**by_code))[0] == "0"
    elsewhere = {**by_code, "address": LIVES["c07"]}
    assert ask(sandbox, "matchLandlordRecord", **elsewhere)[0] == "RES-4042"


def test_a_child_goes_to_the_counter(sandbox):
    name, number, _ = HOMES["c03"][1][1]
    child = {"name": name, "id_number": number}
    assert ask(sandbox, "matchLandlordRecord", person=child, **home())[0] == "RES-4031"
    assert ask(sandbox, "createRegistration", person=child, **registration())[0] == "RES-4031"


def test_nobody_moves_in_tomorrow(sandbox):
    assert ask(sandbox, "createRegistration", **registration(move_in=str(today() + timedelta(days=1))))[0] == "RES-4001"


def test_a_name_must_belong_to_the_number(sandbox):
    stranger = {**person("c01"), "name": "王五"}
    assert ask(sandbox, "matchLandlordRecord", person=stranger, **home())[0] == "RES-4040"
    assert ask(sandbox, "createRental", person=stranger, **rental())[0] == "RES-4040"
    assert ask(sandbox, "quoteReissue", person=stranger, reason="lost")[0] == "RES-4040"


# -- the permit --------------------------------------------------------------------------------------------------------
def application(citizen="c01", **changed):
    taken = {"proof": [picture()], "photo": [picture()], "mobile": MOBILE, "delivery": "pickup"}
    return {"ground": "job", "address": LIVES[citizen], **taken, **changed}


def test_a_first_permit_is_applied_for_once_and_takes_fifteen_days(sandbox):
    asked = {"ground": "job", "address": LIVES["c01"]}
    assert said(ask(sandbox, "checkHalfYear", **asked)[1])["就业核验"].endswith("厦门鹭岛软件有限公司")
    code, data = ask(sandbox, "createPermit", **application())
    assert code == "0" and data["ready_on"] == str(today() + timedelta(days=15))
    assert ask(sandbox, "createPermit", **application())[1] == data
    assert "已受理" in page(data["qr"])[1]
    assert ask(sandbox, "checkHalfYear", **asked)[0] == "RES-4092"
    assert ask(sandbox, "createPermit", key="KEY-0002", **application())[0] == "RES-4092"


@pytest.mark.parametrize(
    ("citizen", "code"),
    [("c07", "0"), ("c04", "RES-4093"), ("c02", "RES-4091"), ("c05", "RES-4032")],
    ids=["yes", "new", "has_one", "local"],
)
def test_who_can_have_a_permit(sandbox, citizen, code):
    assert ask(sandbox, "checkHalfYear", citizen, ground="home", address=LIVES[citizen])[0] == code
    assert ask(sandbox, "createPermit", citizen, **application(citizen, ground="home"))[0] == code


def test_the_address_is_where_one_is_registered(sandbox):
    assert ask(sandbox, "createPermit", **application(address=LIVES["c02"]))[0] == "RES-4094"


def test_half_a_year_is_counted_by_the_calendar():
    day = today().replace(year=2025, month=8, day=31)
    assert str(months_later(day, 6)) == "2026-02-28" and str(months_later(day, 4)) == "2025-12-31"


def test_a_permit_is_endorsed_within_its_last_month_for_another_year(sandbox):
    asked = {"address": LIVES["c02"], "unchanged": "yes"}
    facts = said(ask(sandbox, "queryPermit", "c02", **asked)[1])
    assert facts["证件状态"] == "正常使用" and facts["签注期限"] == str(today() + timedelta(days=20))
    code, data = ask(sandbox, "endorse", "c02", **asked, mobile=MOBILE)
    assert code == "0" and data["valid_until"] == str(months_later(today() + timedelta(days=20), 12))
    assert ask(sandbox, "endorse", "c02", **asked, mobile=MOBILE)[1] == data
    assert ask(sandbox, "queryPermit", "c02", **asked)[0] == "RES-4095"
    assert ask(sandbox, "endorse", "c02", "KEY-0002", **asked, mobile=MOBILE)[0] == "RES-4095"


def test_a_late_permit_is_suspended_until_it_is_endorsed_and_counts_from_today(sandbox):
    asked = {"address": LIVES["c08"], "unchanged": "yes"}
    assert "中止" in said(ask(sandbox, "queryPermit", "c08", **asked)[1])["证件状态"]
    assert ask(sandbox, "endorse", "c08", **asked, mobile=MOBILE)[1]["valid_until"] == str(months_later(today(), 12))


@pytest.mark.parametrize(("citizen", "code"), [("c03", "RES-4095"), ("c01", "RES-4044")], ids=["early", "none"])
def test_who_cannot_be_endorsed(sandbox, citizen, code):
    asked = {"address": LIVES[citizen], "unchanged": "yes"}
    assert ask(sandbox, "queryPermit", citizen, **asked)[0] == code
    assert ask(sandbox, "endorse", citizen, **asked, mobile=MOBILE)[0] == code


def test_who_moved_says_so(sandbox):
    asked = {"address": LIVES["c01"], "mobile": MOBILE}
    assert ask(sandbox, "endorse", "c10", unchanged="yes", **asked)[0] == "RES-4094"
    assert ask(sandbox, "endorse", "c10", unchanged="no", **asked)[0] == "0"


def test_another_permit_is_paid_for_and_asked_for_once(sandbox):
    fen = ask(sandbox, "quoteReissue", "c03", reason="lost")[1]["amount_fen"]
    taken = {"reason": "lost", "photo": [picture()], "mobile": MOBILE, "delivery": "mail", "order_no": "V1-P1"}
    assert ask(sandbox, "createReissue", "c03", **taken, amount_fen=fen - 1)[0] == "RES-4097"
    code, data = ask(sandbox, "createReissue", "c03", **taken, amount_fen=fen)
    assert code == "0" and ask(sandbox, "createReissue", "c03", **taken, amount_fen=fen)[1] == data
    assert ask(sandbox, "quoteReissue", "c03", reason="lost")[0] == "RES-4092"
    assert ask(sandbox, "createReissue", "c03", "KEY-0002", **taken, amount_fen=fen)[0] == "RES-4092"
    assert ask(sandbox, "quoteReissue", "c01", reason="lost")[0] == "RES-4044"


# -- rental houses -----------------------------------------------------------------------------------------------------
def rental(**changed):
    return {"house_address": UNFILED, "role": "landlord", "tenant_count": 3, "deed": [picture()], "mobile": MOBILE, **changed}


def test_a_filed_house_gets_a_code_and_its_tenants_can_register(sandbox):
    code, data = ask(sandbox, "createRental", "c09", **rental())
    assert code == "0" and ask(sandbox, "createRental", "c09", **rental())[1] == data
    again = ask(sandbox, "createRental", "c09", "KEY-0002", **rental(tenant_count=0))[1]
    assert again["house_code"] == data["house_code"]
    assert ask(sandbox, "createRental", "c05", "KEY-0003", **rental())[0] == "RES-4096"
    rented = {"address": UNFILED, "dwelling": "rental", "house_code": data["house_code"]}
    assert said(ask(sandbox, "matchLandlordRecord", **rented)[1])["房东"] == "蔡**"


def test_the_code_at_the_door_shows_nobody(sandbox):
    house = ask(sandbox, "createRental", "c09", **rental(tenant_count=7))[1]["house_code"]
    assert ask(sandbox, "issueHouseQr", "c05", "KEY-0003", house_code=house)[0] == "RES-4043"
    qr = ask(sandbox, "issueHouseQr", "c09", "KEY-0002", house_code=house)[1]["qr"]
    status, told = page(qr)
    assert status == 200 and house in told and "思明区中华街道" in told
    assert not any(secret in told for secret in (person("c09")["name"], "思明南路", ">7", " 7", MOBILE))
    assert page(qr.replace(house, "350299999999"))[0] == 404


def test_the_land_register_is_asked_who_owns_it(sandbox):
    own = ask(sandbox, "createRental", "c09", **rental(house_address=LIVES["c09"]))[1]
    assert "不动产登记" in own["ownership"]
    others = ask(sandbox, "createRental", "c09", "KEY-0002", **rental())[1]
    managed = ask(sandbox, "createRental", "c05", "KEY-0003", **rental(house_address=LIVES["c05"], role="manager"))[1]
    assert "民警核对" in others["ownership"] and "民警核对" in managed["ownership"]


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("createRental", lambda: rental(deed=[])),
        ("createRental", lambda: rental(deed=["no picture"])),
        ("createRental", lambda: rental(tenant_count=51)),
        ("createRental", lambda: rental(house_address="330100/西湖街道/北山路1号")),
        ("createPermit", lambda: application(proof=[picture()] * 7)),
        ("createPermit", lambda: application(ground="luck")),
    ],
)
def test_what_is_not_of_the_form_is_not_taken(sandbox, operation, body):
    assert ask(sandbox, operation, **body())[0] == "SYS-4000"
