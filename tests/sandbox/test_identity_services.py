"""CTID, SMS, OFFICER, COURIER as the kiosk's adapters meet them."""

from __future__ import annotations

import base64
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import requests
from PIL import Image

from kiosk.people import citizens
from kiosk.sandbox import seed
from kiosk.sandbox.departments import departments, messages
from kiosk.sandbox.records import Records

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "T.t"}


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(sandbox):
    keys = iter(range(1000))

    def post(path, body, key=None):
        headers = {**HEADERS, "Idempotency-Key": key or f"KEY-{next(keys):05d}"}
        with requests.post(sandbox.url + path, json=body, headers=headers, timeout=30) as response:
            return response.json()

    return post


def newest(sandbox, mobile):
    with requests.get(f"{sandbox.url}/_sandbox/phone/{mobile}", timeout=10) as response:
        return response.json()[0]


def test_a_code_is_good_once(sandbox, ask):
    who = {"person": person("c01"), "mobile": "13800000001"}
    assert ask("/sms/send", {**who, "otp_no": 1})["data"]["seconds"] == 300
    code = newest(sandbox, "13800000001")["code"]
    assert ask("/sms/verify", {**who, "code": code})["data"] == {"verified": True}
    assert ask("/sms/verify", {**who, "code": code})["code"] == "SMS-4100"


def test_three_wrong_codes_use_it_up(sandbox, ask):
    who = {"person": person("c01"), "mobile": "13800000001"}
    ask("/sms/send", {**who, "otp_no": 1})
    code = newest(sandbox, "13800000001")["code"]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert [ask("/sms/verify", {**who, "code": wrong})["code"] for _ in range(4)] == ["SMS-4010"] * 3 + ["SMS-4100"]
    assert ask("/sms/verify", {**who, "code": code})["code"] == "SMS-4100"


def test_no_code_goes_to_a_number_of_somebody_else(ask):
    assert ask("/sms/send", {"person": person("c01"), "mobile": "13800000002", "otp_no": 1})["code"] == "SMS-4040"


def portrait(citizen, width=640):
    picture = Image.open(citizens()[citizen].portrait)
    written = BytesIO()
    picture.resize((width, width * picture.height // picture.width)).save(written, "JPEG")
    return base64.b64encode(written.getvalue()).decode()


def test_a_portrait_is_compared_and_a_serial_is_good_once(ask):
    applied = ask("/ctid/apply", {"mode": "0x42"})["data"]
    same = {"person": person("c02"), "mode": "0x42", **applied, "portrait": [portrait("c02")]}
    assert ask("/ctid/request", same)["data"]["same_person"] is True
    assert ask("/ctid/request", same)["code"] == "CTID-4091"
    again = ask("/ctid/apply", {"mode": "0x42"})["data"]
    assert ask("/ctid/request", {**same, **again, "portrait": [portrait("c03")]})["data"]["same_person"] is False


def test_name_and_number_must_belong_together(ask):
    applied = ask("/ctid/apply", {"mode": "0x40"})["data"]
    wrong = {**person("c02"), "name": "王五"}
    assert ask("/ctid/request", {"person": wrong, "mode": "0x40", **applied})["code"] == "CTID-4040"


def test_a_net_cert_names_its_holder(ask):
    assert ask("/ctid/verifyNetCert", {"code": "CTID1:c05"})["data"] == {**person("c05"), "level": "S"}
    assert ask("/ctid/verifyNetCert", {"code": "c05"})["code"] == "CTID-4041"


def test_an_officer_decides_and_nobody_asks_a_call_that_ended(ask):
    number = ask("/officer/call", {"person": person("c01"), "station": "XM0001"})["data"]["call_no"]
    seen = {"call_no": number, "frame": [portrait("c01")]}
    assert ask("/officer/ask", seen)["data"] == {"state": "looking"}
    assert ask("/officer/ask", seen)["data"] == {"state": "decided", "same_person": True, "officer": "OFF-07"}
    ask("/officer/hangUp", {"call_no": number})
    assert ask("/officer/ask", seen)["code"] == "OFF-4041"


def test_only_this_stores_volunteers_vouch(ask):
    assert ask("/officer/checkBadge", {"badge": "VOL-0001", "station": "XM0001"})["data"] == {"badge_no": "VOL-0001"}
    assert ask("/officer/checkBadge", {"badge": "VOL-9", "station": "XM0001"})["code"] == "OFF-4040"


def test_a_volunteer_who_is_enrolled_vouches_from_then_on(ask, sandbox):
    badge = {"badge": "VOL-77001", "station": "PRACTICE"}
    assert ask("/officer/checkBadge", badge)["code"] == "OFF-4040"
    sandbox.enrol("VOL-77001")
    assert ask("/officer/checkBadge", badge)["data"] == {"badge_no": "VOL-77001"}
    with pytest.raises(requests.HTTPError):
        sandbox.enrol("anything")


def test_one_waybill_a_case(ask):
    parcel = {"case_no": "POP001", "recipient": "林晓雯", "mobile": "13800000001", "address": "厦门市思明区湖滨南路1号"}
    first = ask("/courier/create", parcel)["data"]["waybill_no"]
    assert ask("/courier/create", parcel)["data"]["waybill_no"] == first
    assert len(first) == 13 and first.endswith("CN")


def test_name_and_number_alone_and_a_serial_of_another_mode(ask):
    """0x40 asks of name and number alone; what was applied for in one mode is good in no other."""
    applied = ask("/ctid/apply", {"mode": "0x40"})["data"]
    asked = {"person": person("c02"), **applied}
    assert ask("/ctid/request", {**asked, "mode": "0x42", "portrait": [portrait("c02")]})["code"] == "CTID-4091"
    assert ask("/ctid/request", {**asked, "mode": "0x40"})["data"]["same_person"] is True
    assert ask("/ctid/request", {**asked, "mode": "0x40"})["code"] == "CTID-4091"
    again = ask("/ctid/apply", {"mode": "0x42"})["data"]
    assert ask("/ctid/request", {"person": person("c02"), "mode": "0x42", **again})["code"] == "CTID-4150"


@pytest.mark.parametrize(("seconds", "code"), [(299, None), (301, "SMS-4100")])
def test_a_code_is_good_for_five_minutes(monkeypatch, seconds, code):
    records = Records(Path(":memory:"), (seed, *departments()))
    try:
        who = {"person": person("c01"), "mobile": "13800000001"}
        messages._sent(records, messages.Send(**who, otp_no=1))
        sent = records.row("SELECT code FROM text_message")["code"]
        then = records.now() + timedelta(seconds=seconds)
        monkeypatch.setattr(records, "now", lambda: then)
        refusal = messages._tried(records, messages.Verify(**who, code=sent))
        assert (refusal.code if refusal else None) == code
    finally:
        records.close()
