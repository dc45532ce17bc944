"""Whether a call for help reaches anybody is found out on the wire, and rings nobody."""

from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from kiosk import i18n
from kiosk.model.words import Word
from kiosk.technician.checks.counter import counter, door
from kiosk.technician.checks.everything import everything
from kiosk.technician.readiness import Level
from kiosk.technician.record import Record
from kiosk.testing.counter import settings

KEYS = ("answers", "robot", "none", "nobody", "silent", "refused", "unreadable")


@pytest.fixture
def found(sandbox, tmp_path):
    """`await found(webhook=…)` → the check's level, and the last part of what it says."""

    async def look(*, without=(), **volunteer):
        taken = settings(sandbox.url, tmp_path)
        taken = replace(
            taken,
            volunteer=replace(taken.volunteer, **volunteer),
            devices={role: table for role, table in taken.devices.items() if role not in without},
            departments={system: table for system, table in taken.departments.items() if system not in without},
        )
        check = await counter(taken)
        assert (check.remedy != "") is (check.level is not Level.OK)
        return check.level, check.told.key.rpartition(".")[2]

    return look


@contextmanager
def hub(secret, reply):
    """A counter of another maker, which takes only what is signed with `secret`."""

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            signed = hmac.new(secret, self.headers.get("X-Kiosk-Time", "").encode() + b"." + body, hashlib.sha256).hexdigest()
            well = self.headers.get("X-Kiosk-Signature") == f"sha256={signed}"
            said = json.dumps(reply).encode() if well else b""
            self.send_response(200 if well else 401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *words):
            pass

    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/call?key=1"
        finally:
            server.shutdown()
            serving.join()


async def test_the_counter_answers_and_nobody_is_rung(found, sandbox):
    assert await found() == (Level.OK, "answers")
    assert sandbox.calls()["calls"] == []
    assert [json.loads(letter["body"])["event"] for letter in sandbox.calls()["letters"]] == ["ask"]


@pytest.mark.parametrize("fault", ["asleep", "html", "refuse_connection", "truncated"])
async def test_a_counter_that_does_not_answer_is_a_fault(found, sandbox, fault):
    sandbox.switch("counter", fault)
    assert await found() == (Level.FAIL, "silent")


async def test_the_signature_is_what_the_counter_takes(found, tmp_path):
    (tmp_path / "secret").write_text("ours")
    ours = str(tmp_path / "secret")
    with hub(b"ours", {"state": "over"}) as url:
        assert await found(webhook=url, secret_file=ours) == (Level.OK, "answers")
        assert await found(webhook=url) == (Level.FAIL, "refused")
    with hub(b"theirs", {"state": "over"}) as url:
        assert await found(webhook=url, secret_file=ours) == (Level.FAIL, "refused")
    with hub(b"ours", {"errcode": 40008}) as url:
        assert await found(webhook=url, secret_file=ours) == (Level.OK, "robot")


async def test_a_secret_that_is_not_there_is_a_fault(found, tmp_path):
    assert await found(secret_file=str(tmp_path / "none")) == (Level.FAIL, "unreadable")


async def test_where_no_webhook_is_it_is_said_who_hears(found):
    assert await found(webhook="", officer=0) == (Level.OK, "none")
    assert await found(webhook="", sound=False) == (Level.OK, "none")
    assert await found(webhook="", sound=False, officer=0) == (Level.WARN, "nobody")
    assert await found(webhook="", without=("sound", "OFFICER")) == (Level.WARN, "nobody")


async def test_a_round_holds_it_and_its_key_stays_out(sandbox, tmp_path):
    taken = settings(sandbox.url, tmp_path)
    with Record(tmp_path) as record:
        assert [check.level for check in (await everything(taken, record)).checks if check.id == "counter"] == [Level.OK]
    assert door(replace(taken, volunteer=replace(taken.volunteer, webhook="https://hub.example.org/x?key=1")))[0].url == "https://hub.example.org/x"


@pytest.mark.parametrize("key", KEYS)
def test_each_finding_has_its_sentence(key):
    for language in i18n.LANGUAGES:
        assert "⟦" not in i18n.say(Word(f"check.counter.{key}", why="http 401"), language)
