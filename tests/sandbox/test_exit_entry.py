"""PSB-EXIT as the kiosk's adapter meets it: endorsements, progress, the record of journeys, appointments."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import requests

from kiosk.backoffice.mapping import load, shape
from kiosk.http import Shape
from kiosk.people import citizens
from kiosk.sandbox.records import XIAMEN

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "T.t"}
HONGKONG = {"permit_no": "C35000001", "destination": "hongkong", "times": "twice"}
PAID = {"mobile": "13800000001", "delivery": "mail", "order_no": "V1-P1", "amount_fen": 3_000}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(sandbox):
    keys = iter(range(1000))
    shapes = {name: Shape(shape(operation)) for name, operation in load("PSB-EXIT").operations.items()}

    def post(operation, citizen, key=None, **body):
        headers = {**HEADERS, "Idempotency-Key": key or f"KEY-{next(keys):05d}"}
        sent = {"person": person(citizen), **body} if citizen else body
        with requests.post(f"{sandbox.url}/psb-exit/{operation}", json=sent, headers=headers, timeout=30) as response:
            reply = response.json()
        if reply["code"] == "0":
            shapes[operation].check(reply["data"])  # as the adapter does
        return reply

    return post


def page(url):
    with requests.get(url, timeout=10) as response:
        return response.status_code, response.text


def test_somebody_who_was_endorsed_before_is_told_what_it_will_be_and_gets_it(ask):
    facts = {one["label"]: one["value"] for one in ask("checkEligibility", "c01", **HONGKONG)["data"]["facts"]}
    assert facts["签注"] == "香港旅游签注，二次" and facts["办理时限"] == "5 个工作日"
    taken = ask("createEndorsement", "c01", "V1-S", **HONGKONG, **PAID)
    assert taken["code"] == "0" and taken["data"]["where"] == "邮政寄到您填写的地址"
    assert ask("createEndorsement", "c01", "V1-S", **HONGKONG, **PAID) == taken
    newest = ask("queryProgress", "c01")["data"]["records"][0]
    assert newest["title"] == "香港旅游签注，二次" and {"label": "办理进度", "value": "已受理"} in newest["rows"]
    assert ask("checkEligibility", "c01", **HONGKONG)["code"] == "EXIT-4091"
    assert ask("checkEligibility", "c01", **{**HONGKONG, "destination": "macao"})["code"] == "0"


def test_the_qr_of_the_receipt_opens_how_far_it_is_without_a_name(ask):
    link = ask("createEndorsement", "c01", **HONGKONG, **PAID)["data"]["qr"]
    status, text = page(link)
    assert status == 200 and "已受理" in text and citizens()["c01"].card.name not in text
    assert page(link[:-8] + "00000000")[0] == 404


@pytest.mark.parametrize(
    ("citizen", "permit_no", "code"),
    [
        ("c01", "C35000009", "EXIT-4041"),  # somebody else's
        ("c01", "L35000001", "EXIT-4041"),  # of the other kind
        ("c02", "C35000002", "EXIT-4032"),  # good for five months only
        ("c07", "C35000007", "EXIT-4034"),  # never endorsed before
        ("c08", "C35000008", "EXIT-4031"),  # not of Fujian
        ("c10", "C35000010", "EXIT-4033"),
    ],
)
def test_who_may_not_is_refused_before_and_after_the_payment(ask, citizen, permit_no, code):
    wish = {**HONGKONG, "permit_no": permit_no}
    assert ask("checkEligibility", citizen, **wish)["code"] == code
    assert ask("createEndorsement", citizen, **wish, **PAID)["code"] == code


@pytest.mark.parametrize(
    ("citizen", "code"), [("c01", "0"), ("c06", "0"), ("c03", "EXIT-4034"), ("c12", "EXIT-4032"), ("c11", "EXIT-4041")]
)
def test_to_kinmen_and_matsu_goes_who_has_been_there_on_a_good_permit(ask, citizen, code):
    wish = {"permit_no": f"L350000{citizen[1:]}", "destination": "kinmen_matsu"}
    assert ask("checkEligibility", citizen, **wish)["code"] == code
    assert ask("createEndorsement", citizen, **wish, **{**PAID, "amount_fen": 1_500})["code"] == code


@pytest.mark.parametrize(("times", "fen"), [("once", 1_500), ("twice", 3_000), ("year_multiple", 8_000)])
def test_the_fee_is_that_of_the_kind(ask, times, fen):
    wish = {**HONGKONG, "times": times, **PAID}
    assert ask("createEndorsement", "c09", **{**wish, "permit_no": "C35000009", "amount_fen": fen - 1})["code"] == "EXIT-4092"
    assert ask("createEndorsement", "c09", **{**wish, "permit_no": "C35000009", "amount_fen": fen})["code"] == "0"


def test_name_and_number_must_belong_together(ask):
    wrong = {**person("c01"), "name": "王五"}
    assert ask("checkEligibility", "", person=wrong, **HONGKONG)["code"] == "EXIT-4040"
    assert ask("queryProgress", "", person=wrong)["code"] == "EXIT-4040"


def test_progress_is_of_all_applications_or_of_one(ask):
    everything = ask("queryProgress", "c09")["data"]
    assert everything["count"] == 2 and everything["records"][0]["title"] == "往来台湾通行证赴台旅游签注"
    number = everything["records"][1]["rows"][0]["value"]
    one = ask("queryProgress", "c09", acceptance_no=number.lower())["data"]
    assert one == {"count": 1, "records": everything["records"][1:]}
    assert ask("queryProgress", "c01", acceptance_no=number)["code"] == "EXIT-4042"
    assert ask("queryProgress", "c11")["data"] == {"count": 0, "records": []}


def test_the_record_of_journeys_is_a_page_even_of_somebody_who_stayed(ask):
    today = datetime.now(XIAMEN).date()
    period = f"{today.replace(year=today.year - 4, month=1, day=1):%Y-%m}/{today:%Y-%m}"
    data = ask("queryRecords", "c01", "V1-S", period=period)["data"]
    assert data["count"] == "6 条" and [row[2] for row in data["document"]["rows"]] == ["出境", "入境"] * 3
    assert {len(row) for row in data["document"]["rows"]} == {len(data["document"]["columns"])}
    assert ask("queryRecords", "c01", "V1-S", period=period)["data"]["number"] == data["number"]
    nothing = ask("queryRecords", "c11", period=period)["data"]
    assert nothing["document"]["rows"] == [] and "没有出入境记录" in nothing["document"]["paragraphs"][0]
    assert ask("queryRecords", "c01", period=f"{today.year - 5}-01/{today:%Y-%m}")["code"] == "SYS-4000"
    assert ask("queryRecords", "c01", period=f"{today:%Y-%m}/{today.year + 1}-01")["code"] == "SYS-4000"


def test_an_hour_at_an_office_is_kept_once_and_given_back(ask):
    where = {"office": "huli", "business": "passport"}
    slots = ask("listSlots", "", **where)["data"]["slots"]
    tomorrow = datetime.now(XIAMEN).date() + timedelta(1)
    assert all(tomorrow <= date.fromisoformat(one["day"]) <= tomorrow + timedelta(30) for one in slots)
    assert all(date.fromisoformat(one["day"]).weekday() < 5 and one["left"] > 0 for one in slots)
    last = next(one for one in slots if one["left"] == 1)
    wish = {**where, "slot": last["value"], "mobile": "13800000001"}
    kept = ask("book", "c01", "V1-S", **wish)
    assert kept["data"]["where"] == "湖里分局出入境窗口" and last["time"] in kept["data"]["when"]
    assert ask("book", "c01", "V1-S", **wish) == kept
    assert ask("book", "c02", **wish)["code"] == "EXIT-4093"
    other = next(one for one in slots if one["left"] > 1)
    assert ask("book", "c01", **{**wish, "slot": other["value"]})["code"] == "EXIT-4094"
    assert ask("cancel", "c02", case_no=kept["data"]["case_no"])["code"] == "EXIT-4042"
    assert ask("cancel", "c01", case_no=kept["data"]["case_no"])["data"] == {"cancelled": True}
    assert ask("book", "c02", **wish)["code"] == "0"
