"""The sandbox itself: its description, its records, its pages, its end."""

from __future__ import annotations

import base64
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from jsonschema import Draft202012Validator
from PIL import Image

from kiosk.backoffice.mapping import digest
from kiosk.people import citizens
from kiosk.sandbox.process import Sandbox

HEADERS = {"X-Request-Id": "r" * 16, "X-Station": "XM0001", "X-Operation": "TEST.test"}


def post(sandbox, path, body, key="KEY-0001"):
    with requests.post(sandbox.url + path, json=body, headers={**HEADERS, "Idempotency-Key": key}, timeout=10) as response:
        return response.status_code, response.json()


def get(url):
    with requests.get(url, timeout=10) as response:
        return response.status_code, response.text


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


def fines(sandbox, citizen):
    return post(sandbox, "/psb-tms/queryDecision", {"person": person(citizen)})[1]["data"]["records"]


def test_it_describes_itself(sandbox):
    described = json.loads(get(sandbox.url + "/openapi.json")[1])
    assert described["openapi"].startswith("3.1")
    operations = {one["post"]["operationId"]: one["post"] for one in described["paths"].values() if "operationId" in one.get("post", {})}
    assert {"PSB-POP.countSameName", "PSB-TMS.queryDecision", "PSB-TMS.quoteFine", "PSB-TMS.notifyPaid"} <= set(operations)
    assert {"HRSS.issueCert", "EVAL.submit", "PAY.create", "PAY.query", "PAY.close", "PAY.refund"} <= set(operations)
    assert all(len(one["tags"]) == 1 for one in operations.values())
    named = {header["name"].lower() for header in operations["HRSS.issueCert"]["parameters"]}
    assert named == {"x-request-id", "idempotency-key", "x-station", "x-operation"}
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_each_citizen_has_the_fines_of_the_demo(sandbox):
    found = {citizen: fines(sandbox, citizen) for citizen in citizens()}
    assert [len(found[citizen]) for citizen in ("c01", "c02", "c05", "c09")] == [2, 3, 0, 4]
    everything = [fine for records in found.values() for fine in records]
    assert len({fine["value"] for fine in everything}) == len(everything)
    assert all(fine["amount_fen"] <= 40_000 for fine in everything)


def test_a_late_fine_costs_three_percent_a_day_and_at_most_twice(sandbox):
    rows = [post(sandbox, "/psb-tms/quoteFine", {"decision_no": fine["value"]})[1]["data"] for fine in fines(sandbox, "c09")]
    assert [one["rows"]["days_late"] for one in rows] == [55, 0, 0, 0]
    assert rows[0] == {"amount_fen": 30_000, "rows": {"base_fen": 15_000, "late_fen": 15_000, "days_late": 55}}
    late = post(sandbox, "/psb-tms/quoteFine", {"decision_no": fines(sandbox, "c01")[0]["value"]})[1]["data"]
    assert late == {"amount_fen": 11_200, "rows": {"base_fen": 10_000, "late_fen": 1_200, "days_late": 4}}


def test_a_fine_is_paid_once(sandbox):
    fine = fines(sandbox, "c01")[1]
    word = {"decision_no": fine["value"], "order_no": "V1-P1", "amount_fen": fine["amount_fen"]}
    status, wrong = post(sandbox, "/psb-tms/notifyPaid", {**word, "amount_fen": fine["amount_fen"] + 1}, "V1-X")
    assert (status, wrong["code"]) == (409, "TMS-4092")
    first = post(sandbox, "/psb-tms/notifyPaid", word, "V1-S")
    assert first[0] == 200 and post(sandbox, "/psb-tms/notifyPaid", word, "V1-S") == first
    status, again = post(sandbox, "/psb-tms/notifyPaid", word, "V2-S")
    assert (status, again["code"]) == (409, "TMS-4091")
    assert sandbox.ledger()["fines_paid"] == 1
    assert fine["value"] not in [one["value"] for one in fines(sandbox, "c01")]
    status, page = get(first[1]["data"]["ebill_url"])
    assert status == 200 and first[1]["data"]["receipt_no"] in page


def test_a_certificate_carries_a_seal_and_can_be_verified(sandbox):
    body = {"person": person("c02"), "scope": "all", "period": "2025-01/2025-12", "purpose": "school", "copies": 2}
    data = post(sandbox, "/hrss/issueCert", body)[1]["data"]
    page = data["document"]
    assert data["months"] == "12 个月" and len(page["rows"]) == 12
    assert {len(row) for row in page["rows"]} == {len(page["columns"])}
    assert page["number"] == data["number"] and citizens()["c02"].card.name in page["paragraphs"][0]
    sign = {"number": page["number"], "issuer": page["issuer"], "digest": digest(page)}
    sealed = post(sandbox, "/eseal/sign", sign, key="KEY-0002")[1]["data"]
    assert post(sandbox, "/eseal/sign", {**sign, "digest": "0" * 64}, key="KEY-0003")[1]["code"] == "SEAL-4090"
    archive = {"person": person("c02"), "number": page["number"], "title": page["title"], "digest": digest(page)}
    assert post(sandbox, "/ecert/archive", archive, key="KEY-0004")[1]["data"]["licence_no"].startswith("LIC")
    seal = Image.open(io.BytesIO(base64.b64decode(sealed["seal_png"])))
    red = sum(1 for r, g, _b, a in seal.convert("RGBA").get_flattened_data() if a > 100 and r > 150 > 60 > g)
    assert seal.size == (420, 420) and red > 10_000
    status, verified = get(page["verify_url"])
    assert status == 200 and data["number"] in verified and citizens()["c02"].card.name not in verified
    assert get(sandbox.url + "/ecert/verify/NONE")[0] == 404


def test_nobody_gets_a_certificate_under_another_name(sandbox):
    body = {"person": {**person("c02"), "name": "王五"}, "scope": "all", "period": "2025-01/2025-12", "purpose": "school"}
    assert post(sandbox, "/hrss/issueCert", body)[1]["code"] == "HRSS-4040"


@pytest.mark.parametrize(
    ("name", "least", "most"), [("林晓雯", 1, 500), ("陈伟", 500, 20_000), ("张㐱", 1, 200), ("欧阳天赐", 0, 50), ("Ana", 0, 0)]
)
def test_counts_are_plausible_and_the_province_has_more(sandbox, name, least, most):
    counts = [post(sandbox, "/psb-pop/countSameName", {"name": name, "scope": scope})[1]["data"]["count"] for scope in ("xiamen", "fujian")]
    assert least <= counts[0] <= most and counts[0] <= counts[1]
    assert counts == [
        post(sandbox, "/psb-pop/countSameName", {"name": name, "scope": scope})[1]["data"]["count"] for scope in ("xiamen", "fujian")
    ]


def test_a_rating_is_kept_once(sandbox):
    for _ in range(2):
        assert post(sandbox, "/eval/submit", {"level": 5, "item": "hrss-insurance-cert", "station": "XM0001"}, "V1-E")[1]["data"][
            "accepted"
        ]
    assert sandbox.ledger()["ratings"] == 1
    bad = {"level": 2, "item": "hrss-insurance-cert", "station": "XM0001", "reasons": ["wait", "device"]}
    first = post(sandbox, "/eval/submit", bad, "V3-E")[1]["data"]["work_order"]
    assert post(sandbox, "/eval/submit", bad, "V3-E")[1]["data"]["work_order"] == first
    assert post(sandbox, "/eval/submit", bad, "V4-E")[1]["data"]["work_order"] > first
    assert post(sandbox, "/eval/submit", {**bad, "reasons": ["rude"]}, "V5-E")[0] == 400
    assert post(sandbox, "/eval/submit", {"level": 6, "item": "x", "station": "XM0001"}, "V2-E")[0] == 400


def test_the_wallet_is_a_page_with_a_button(sandbox):
    order = {"order_no": "V1-P1", "amount_fen": 10_300, "method": "wechat", "subject": "<b>罚款</b>", "expires": 60}
    qr = post(sandbox, "/pay/create", order)[1]["data"]["qr"]
    page = get(qr)[1]
    assert "¥103.00" in page and "<button>支付</button>" in page and "<b>罚款" not in page
    assert sandbox.pay("V1-P1") and not sandbox.pay("V1-P1")
    assert "<button>" not in get(qr)[1]
    assert sandbox.orders()[0]["state"] == "paid"


def test_a_switch_counts_down_and_shows(sandbox):
    sandbox.switch("hrss", "asleep", times=2)
    shown = json.loads(get(sandbox.url + "/_sandbox/switches")[1])
    assert shown["set"] == [{"system": "hrss", "fault": "asleep", "times": 2}] and "slow_loris" in shown["faults"]
    body = {"person": person("c01"), "scope": "all", "period": "2025-01/2025-12", "purpose": "house"}
    assert [post(sandbox, "/hrss/issueCert", body)[0] for _ in range(3)] == [503, 503, 200]


def test_it_stops_and_starts_again_with_its_records(tmp_path):
    first = Sandbox.start(tmp_path, latency=0)
    post(first, "/eval/submit", {"level": 4, "item": "x", "station": "XM0001"})
    first.stop()
    first.stop()
    second = Sandbox.start(tmp_path, latency=0)
    assert second.ledger()["ratings"] == 1
    second.stop()
    assert (tmp_path / "sandbox.log").read_text() == ""


def alive(pid):
    """Not gone, and not merely waiting to be buried by whoever adopted it."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("stdin", [subprocess.PIPE, subprocess.DEVNULL], ids=["pipe", "orphan"])
def test_no_orphan_is_left(tmp_path, stdin):
    """The parent is killed outright; the server notices by its standard input, or by whose child it is."""
    command = [sys.executable, "-m", "kiosk.sandbox", "--db", str(tmp_path / "x.db")]
    code = (
        f"import subprocess, sys; p = subprocess.Popen({command!r}, stdin={stdin}, stdout=subprocess.PIPE)\n"
        "p.stdout.readline(); print(p.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
    until = time.monotonic() + 20
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    if alive(pid):
        os.kill(pid, signal.SIGKILL)
        pytest.fail("the sandbox outlived the process that started it")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_closes_its_records(tmp_path, number):
    db = tmp_path / "x.db"
    command = [sys.executable, "-m", "kiosk.sandbox", "--db", str(db)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline()
        process.send_signal(number)
        assert process.wait(60) == 0
    assert db.exists() and not db.with_name("x.db-wal").exists()
