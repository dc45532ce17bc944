"""PSB-TMS as the kiosk's adapter meets it: violations and decisions, licences, vehicles. Fines are in test_sandbox.py."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from datetime import date, datetime, timedelta

import pytest
import requests
from PIL import Image

from kiosk.backoffice.mapping import load, shape
from kiosk.http import Shape
from kiosk.model.declaration import Declaration
from kiosk.people import citizens
from kiosk.sandbox.records import XIAMEN

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "T.t"}
PAID = {"order_no": "V1-P1", "amount_fen": 1_000, "delivery": "pickup", "mobile": "13800000001"}


def picture():
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "white").save(out, "PNG")
    return [base64.b64encode(out.getvalue()).decode()]


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(sandbox):
    keys = iter(range(1000))
    shapes = {name: Shape(shape(operation)) for name, operation in load("PSB-TMS").operations.items()}

    def post(operation, citizen, key=None, **body):
        headers = {**HEADERS, "Idempotency-Key": key or f"KEY-{next(keys):05d}"}
        sent = {"person": person(citizen), **body} if citizen else body
        with requests.post(f"{sandbox.url}/psb-tms/{operation}", json=sent, headers=headers, timeout=30) as response:
            reply = response.json()
        if reply["code"] == "0":
            shapes[operation].check(reply["data"])  # as the adapter does
        return reply

    return post


def page(url):
    with requests.get(url, timeout=10) as response:
        return response.status_code, response.text


def found(ask, citizen, **how):
    return ask("listViolations", citizen, **how)["data"]["records"]


def settle(ask, citizen, chosen, key=None, dispute="accept", **more):
    """(what the check says, what the decision says) about these violations."""
    ids = {"violation_ids": [one["value"] for one in chosen], "dispute": dispute}
    checked = ask("checkPoints", citizen, **ids)
    return checked, ask("createSimpleDecision", citizen, key, **ids, signature=picture(), mobile="13800000001", **more)


# -- violations --------------------------------------------------------------------------------------------------------


def test_violations_are_found_by_vehicle_by_licence_and_by_plate(ask):
    assert [one["fields"]["plate"] for one in found(ask, "c01", by="own_vehicles")] == ["闽D·F20718"] * 2
    assert found(ask, "c01", by="licence") == []
    assert [one["fields"]["act"] for one in found(ask, "c09", by="licence")] == ["驾驶时拨打接听手持电话"]
    by_plate = ask("listViolations", "c05", by="plate", plate_no="闽D·A9R65", vin_tail="000201")["data"]
    assert by_plate["count"] == len(by_plate["records"]) == len(by_plate["found"]) == 2
    assert ask("listViolations", "c05", by="plate", plate_no="闽DA9R65", vin_tail="000202")["code"] == "TMS-4041"
    assert ask("listViolations", "c05", by="plate", plate_no="闽DA9R65")["code"] == "SYS-4000"
    assert ask("listViolations", "c05", by="own_vehicles")["data"] == {"count": 0, "records": [], "found": []}


def test_a_decision_is_told_before_and_can_be_paid_afterwards(ask):
    chosen = found(ask, "c01")
    checked, decided = settle(ask, "c01", chosen, "V1-S")
    told = {one["label"]: one["value"] for one in checked["data"]["facts"]}
    assert told["罚款合计"] == "200 元" and told["本次记分"] == "1 分" and told["处理后本周期累积"] == "1 分"
    assert any("禁止标线" in value and "罚款 100 元，记 1 分" in value for value in told.values())
    document = decided["data"]["document"]
    assert len(document["rows"]) == 2 and {len(row) for row in document["rows"]} == {len(document["columns"])}
    assert found(ask, "c01") == []
    payable = {one["value"]: one for one in ask("queryDecision", "c01")["data"]["records"]}
    due = datetime.now(XIAMEN).date() + timedelta(15)
    numbers = [row[0].partition("：")[0] for row in document["rows"]]
    assert "、".join(numbers) == decided["data"]["decisions"]
    for number in numbers:
        assert payable[number]["amount_fen"] == 10_000 and payable[number]["fields"]["due"] == f"{due}"
        paid = ask("notifyPaid", "", decision_no=number, order_no="V2-P1", amount_fen=10_000)
        assert paid["code"] == "0"
    assert ask("queryLicence", "c01")["data"]["points"] == 1
    assert settle(ask, "c01", chosen, "V1-S")[1] == decided
    assert ask("queryLicence", "c01")["data"]["points"] == 1
    assert settle(ask, "c01", chosen, "V2-S")[1]["code"] == "TMS-4043"


def test_somebody_who_disputes_is_not_punished(ask):
    assert [one["code"] for one in settle(ask, "c01", found(ask, "c01"), dispute="dispute")] == ["TMS-4033"] * 2
    assert len(found(ask, "c01")) == 2 and ask("queryLicence", "c01")["data"]["points"] == 0


def test_more_than_200_yuan_goes_to_the_counter_and_the_rest_does_not(ask):
    chosen = found(ask, "c04")
    assert {one["fields"]["where"]: one["amount_fen"] for one in chosen} == {"可在本机处理": 15_000, "须到窗口处理": 50_000}
    assert [one["code"] for one in settle(ask, "c04", chosen)] == ["TMS-4031"] * 2
    rest = [one for one in chosen if one["amount_fen"] <= 20_000]
    assert [one["code"] for one in settle(ask, "c04", rest)] == ["0"] * 2


def test_with_twelve_points_only_ones_own_vehicle_is_left(ask):
    chosen = found(ask, "c10")
    assert [one["fields"]["plate"] for one in chosen] == ["闽D·62Z0H", "闽D·F31577"]
    assert [one["code"] for one in settle(ask, "c10", chosen)] == ["TMS-4032"] * 2
    assert [one["code"] for one in settle(ask, "c10", chosen[:1])] == ["0"] * 2


def test_nobody_answers_for_others_or_without_a_licence(ask):
    assert settle(ask, "c02", found(ask, "c01"))[0]["code"] == "TMS-4043"
    assert [one["code"] for one in settle(ask, "c12", found(ask, "c12"))] == ["TMS-4042"] * 2


def test_a_decision_needs_a_signature_that_is_a_picture(ask):
    ids = {"violation_ids": [found(ask, "c01")[0]["value"]], "dispute": "accept", "mobile": "13800000001"}
    assert ask("createSimpleDecision", "c01", **ids, signature=[])["code"] == "SYS-4000"
    assert ask("createSimpleDecision", "c01", **ids, signature=["aGVsbG8="])["code"] == "SYS-4000"


def declaration(citizen, answers, **changed):
    """In place of a signature, as base64, with `changed` parts."""
    card = citizens()[citizen].card
    made = Declaration(
        name=card.name, id_number=card.masked_number, item="traffic-violation-handle", made_at=datetime.now(XIAMEN),
        known_by="id_card+face", sha256=hashlib.sha256(json.dumps(answers, sort_keys=True, separators=(",", ":")).encode()).hexdigest(),
    )  # fmt: skip
    return [base64.b64encode(json.dumps({**json.loads(made.written()), **changed}).encode()).decode()]


def test_a_decision_takes_a_declaration_about_just_this_and_its_page_says_so(ask):
    chosen = found(ask, "c01")[0]["value"]
    answers = {"violation_ids": chosen, "dispute": "accept", "mobile": "13800000001"}
    body = {**answers, "violation_ids": [chosen]}
    for wrong in ({"name": "王五"}, {"id_number": "350203********0000"}, {"item": "board"}, {"known_by": "id_card"}, {"sha256": "0" * 64},
                  {"statement": "本人同意"}, {"made_at": "2026-11-27T09:30:00"}, {"more": "1"}):  # fmt: skip
        refused = ask("createSimpleDecision", "c01", **body, signed="keys", signature=declaration("c01", answers, **wrong))
        assert refused["code"] == "SYS-4000", wrong
    good = declaration("c01", answers)
    assert ask("createSimpleDecision", "c01", **{**body, "mobile": "13800000002"}, signed="keys", signature=good)["code"] == "SYS-4000"
    assert ask("createSimpleDecision", "c01", **body, signed="keys", signature=picture())["code"] == "SYS-4000"
    assert ask("createSimpleDecision", "c01", **body, signed="hand", signature=good)["code"] == "SYS-4000"
    page = ask("createSimpleDecision", "c01", **body, signed="keys", signature=good)["data"]["document"]
    assert "以按键确认代替手写签名" in page["paragraphs"][0] and "已手写签名" not in page["paragraphs"][0]


# -- licences ----------------------------------------------------------------------------------------------------------


def test_points_and_status_of_a_licence(ask):
    data = ask("queryLicence", "c10")["data"]
    assert (data["points"], data["left"], data["state"]) == (12, "0 分", "扣留")
    assert ask("queryLicence", "c08")["data"]["state"] == "逾期未换证"
    first, last = (date.fromisoformat(one) for one in ask("queryLicence", "c01")["data"]["cycle"].split(" 至 "))
    assert first <= datetime.now(XIAMEN).date() <= last and 364 <= (last - first).days <= 365
    assert ask("queryLicence", "c05")["code"] == "TMS-4042"


def renewal(ask, citizen, key=None, **more):
    medicals = ask("listMedical", citizen)["data"]["records"]
    medical = medicals[0]["value"] if medicals else "TJ20200101"
    return ask("createRenewal", citizen, key, medical=medical, photo=picture(), **{**PAID, **more})


def test_a_licence_is_renewed_within_ninety_days_once(ask):
    assert ask("checkRenewWindow", "c01")["code"] == "0"
    assert renewal(ask, "c01", amount_fen=999)["code"] == "TMS-4092"
    taken = renewal(ask, "c01", "V1-S")
    assert taken["code"] == "0" and renewal(ask, "c01", "V1-S") == taken
    status, text = page(taken["data"]["qr"])
    assert status == 200 and "驾驶证期满换证" in text and citizens()["c01"].card.name not in text
    assert page(taken["data"]["qr"][:-8] + "00000000")[0] == 404
    assert ask("checkRenewWindow", "c01")["code"] == renewal(ask, "c01")["code"] == "TMS-4094"


@pytest.mark.parametrize(
    ("citizen", "code"),
    [("c02", "TMS-4034"), ("c08", "TMS-4035"), ("c09", "TMS-4036"), ("c10", "TMS-4034"), ("c11", "TMS-4042")],
)
def test_who_may_not_renew_is_refused_before_and_after_the_payment(ask, citizen, code):
    assert ask("checkRenewWindow", citizen)["code"] == code
    assert renewal(ask, citizen)["code"] == code


def test_violations_of_the_driver_are_settled_first(ask):
    chosen = found(ask, "c09", by="licence")
    assert settle(ask, "c09", chosen)[1]["code"] == "0"
    assert renewal(ask, "c09")["code"] == "0"


def test_without_an_examination_of_the_last_half_year_there_is_no_renewal(ask):
    assert ask("listMedical", "c03")["data"]["records"] == [] == ask("listMedical", "c07")["data"]["records"]
    assert renewal(ask, "c07")["code"] == "TMS-4040"


def test_a_lost_licence_is_replaced_unless_it_is_held(ask):
    wish = {"reason": "lost", "photo": picture(), **PAID}
    assert ask("checkLicence", "c02")["code"] == "0"
    taken = ask("createReissue", "c02", "V1-S", **wish)
    assert taken["data"]["where"] == "厦门市车辆管理所办证大厅" and ask("createReissue", "c02", "V1-S", **wish) == taken
    assert ask("checkLicence", "c02")["code"] == "TMS-4094"
    assert ask("createReissue", "c03", **{**wish, "amount_fen": 2_000})["code"] == "TMS-4092"
    for citizen, code in (("c10", "TMS-4037"), ("c08", "TMS-4035"), ("c05", "TMS-4042")):
        assert ask("checkLicence", citizen)["code"] == ask("createReissue", citizen, **wish)["code"] == code


def test_a_driver_takes_a_certificate_home(ask):
    licence = ask("queryDriverRecord", "c02", "V1-S", cert_type="licence")["data"]
    assert ["准驾车型", "C1"] in licence["document"]["rows"]
    assert ask("queryDriverRecord", "c02", "V1-S", cert_type="licence")["data"] == licence
    record = ask("queryDriverRecord", "c02", cert_type="safe_driving", copies=2)["data"]["document"]
    assert [row[1][-11:] for row in record["rows"]] == ["罚款 150 元，未缴", "罚款 100 元，未缴", "罚款 150 元，未缴"]
    assert record["title"] == "安全驾驶记录"
    assert ask("queryDriverRecord", "c06", cert_type="safe_driving")["code"] == "TMS-4042"


# -- vehicles ----------------------------------------------------------------------------------------------------------


def mark(ask, citizen, plate, insurance="", **more):
    wish = {"plate_no": plate, "insurance": insurance, "delivery": "mail", "mobile": "13800000001", **more}
    return ask("applyMark", citizen, **wish)


def test_the_mark_of_an_exempt_car_is_there_at_once(ask):
    policy = ask("listInsurance", "c01", plate_no="闽D·7K23Q")["data"]["records"][0]
    before = {one["label"]: one["value"] for one in ask("checkExempt", "c01", plate_no="闽D7K23Q")["data"]["facts"]}
    assert mark(ask, "c01", "闽D7K23Q", "JQX-NONE")["code"] == "TMS-4040"
    given = mark(ask, "c01", "闽D7K23Q", policy["value"], key="V1-S")["data"]
    assert given == mark(ask, "c01", "闽D7K23Q", policy["value"], key="V1-S")["data"]
    assert int(given["until"][:4]) == int(before["现有标志有效期至"][:4]) + 2
    status, text = page(given["qr"])
    assert status == 200 and "闽D·7K23Q" in text and citizens()["c01"].card.name not in text
    assert page(given["qr"][:-8] + "00000000")[0] == 404
    assert ask("checkExempt", "c01", plate_no="闽D7K23Q")["code"] == "TMS-4039"


@pytest.mark.parametrize(
    ("citizen", "plate", "code"),
    [
        ("c02", "闽DA9R65", "TMS-4039"),  # long before it runs out
        ("c03", "闽D3M80T", "TMS-4038"),  # six years old
        ("c10", "闽D62Z0H", "TMS-4038"),  # carries goods
        ("c04", "闽D55E1C", "TMS-4093"),
        ("c07", "闽D7K23Q", "TMS-4041"),  # somebody else's
    ],
)
def test_who_may_not_have_a_mark_is_refused_twice(ask, citizen, plate, code):
    assert ask("checkExempt", citizen, plate_no=plate)["code"] == code
    assert mark(ask, citizen, plate, "JQX000101")["code"] == code


def test_insurance_that_has_run_out_is_none(ask):
    assert ask("listInsurance", "c08", plate_no="闽D8P47W")["data"]["records"] == []
    assert ask("listInsurance", "c08", plate_no="闽D7K23Q")["code"] == "TMS-4041"


def test_a_vehicle_licence_is_made_anew_for_the_owner(ask):
    wish = {"plate_no": "闽DA9R65", "reason": "changed", **PAID}
    assert ask("checkVehicle", "c02", plate_no="闽DA9R65")["code"] == "0"
    assert ask("createVehicleLicenceReissue", "c02", **{**wish, "amount_fen": 1})["code"] == "TMS-4092"
    taken = ask("createVehicleLicenceReissue", "c02", "V1-S", **wish)
    assert taken["code"] == "0" and ask("createVehicleLicenceReissue", "c02", "V1-S", **wish) == taken
    assert ask("checkVehicle", "c02", plate_no="闽DA9R65")["code"] == "TMS-4094"
    assert ask("checkVehicle", "c01", plate_no="闽DA9R65")["code"] == "TMS-4041"
    assert ask("createVehicleLicenceReissue", "c01", **wish)["code"] == "TMS-4041"


def test_name_and_number_must_belong_together(ask):
    wrong = {"person": {**person("c01"), "name": "王五"}}
    for operation, more in (("listViolations", {}), ("queryLicence", {}), ("listMedical", {}), ("checkVehicle", {"plate_no": "闽D7K23Q"})):
        assert ask(operation, "", **wrong, **more)["code"] == "TMS-4040"
