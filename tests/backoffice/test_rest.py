"""The rest adapter against the sandbox: every misdeed of a department gives the right fault, and nothing is done twice."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time

import pytest

from kiosk import strict
from kiosk.backoffice import Request
from kiosk.backoffice.breaker import Breaker
from kiosk.backoffice.mapping import FOLDER, body, load, problems
from kiosk.backoffice.rest import RestAdapter
from kiosk.http import CHUNK
from kiosk.model.faults import Fault
from kiosk.people import citizens
from kiosk.testing.backoffice import AdapterContract

CERTIFICATE = {"scope": "all", "period": "2025-01/2025-12", "purpose": "house", "copies": "1"}
numbers = itertools.count(1)


def request(operation, citizen="c01", **answers):
    key = f"T{next(numbers):06d}-S"
    person = citizens()[citizen].card if citizen else None
    return Request(operation=operation, key=key, station="XM0001", person=person, answers=answers, write=True)


def certificate(citizen="c01", **answers):
    return request("HRSS.issueCert", citizen, **{**CERTIFICATE, **answers})


def decisions(citizen="c02"):
    return request("PSB-TMS.queryDecision", citizen)


@pytest.fixture
async def department(sandbox):
    """system → an adapter of it; all are closed in the end."""
    made = []

    def make(system, **options):
        made.append(RestAdapter(system=system, url=f"{sandbox.url}/{system.lower()}", **options))
        return made[-1]

    yield make
    for adapter in made:
        await adapter.close()


async def fault_of(call):
    with pytest.raises(Fault) as caught:
        await call
    return caught.value.code


class TestContract(AdapterContract):
    @pytest.fixture(autouse=True)
    def _stage(self, sandbox):
        self.sandbox = sandbox

    def make(self):
        return RestAdapter(system="HRSS", url=f"{self.sandbox.url}/hrss", deadline=2.0)

    def reads(self):
        return certificate("c02")

    def writes(self):
        return certificate("c01")

    def refused(self):
        return certificate("c06")

    def breaks(self, how):
        self.sandbox.switch("hrss", {"garbage": "truncated", "well": "none"}.get(how, how))

    def deeds(self, key):
        return len([deed for deed in self.sandbox.ledger()["deeds"] if deed["key"] == key])

    async def test_garbage_is_never_an_answer(self):
        """HRSS has no reading operation; the traffic police has one."""
        self.sandbox.switch("psb-tms", "truncated")
        adapter = RestAdapter(system="PSB-TMS", url=f"{self.sandbox.url}/psb-tms", deadline=2.0)
        assert await fault_of(adapter.call(decisions())) == "backoffice.garbage"
        self.breaks("garbage")
        assert await fault_of(adapter.call(decisions())) == "backoffice.garbage"
        await adapter.close()


# fault → what it means for a read, for a write
MISDEEDS = {
    "asleep": ("asleep", "asleep"),
    "busy": ("asleep", "asleep"),
    "refuse_connection": ("asleep", "unknown"),
    "hang": ("asleep", "unknown"),
    "slow_headers": ("asleep", "unknown"),
    "slow_loris": ("asleep", "unknown"),
    "late": ("asleep", "unknown"),
    "error_500": ("asleep", "unknown"),
    "lost_reply": ("asleep", "unknown"),
    "cut": ("asleep", "unknown"),
    "html": ("garbage", "unknown"),
    "redirect": ("garbage", "unknown"),
    "huge": ("garbage", "unknown"),
    "huge_declared": ("garbage", "unknown"),
    "endless": ("garbage", "unknown"),
    "truncated": ("garbage", "unknown"),
    "gzip_bomb": ("garbage", "unknown"),
    "gbk": ("garbage", "unknown"),
    "wrong_types": ("garbage", "unknown"),
    "missing_field": ("garbage", "unknown"),
    "extra_field": ("garbage", "unknown"),
    "null": ("garbage", "unknown"),
    "nan": ("garbage", "unknown"),
    "negative": ("garbage", "unknown"),
    "deep": ("garbage", "unknown"),
    "duplicate_keys": ("garbage", "unknown"),
    "other_person": ("garbage", "unknown"),
    "stale": ("garbage", "unknown"),
}


@pytest.mark.parametrize("misdeed", MISDEEDS)
async def test_every_misdeed_has_its_fault(misdeed, sandbox, department):
    patience = 0.6 if misdeed in ("hang", "slow_headers", "slow_loris", "late") else 5.0
    police, social = department("PSB-TMS", deadline=patience), department("HRSS", deadline=patience)
    if misdeed == "stale":  # there must be an older reply to send
        await police.call(decisions())
        await social.call(certificate())
    sandbox.switch("*", misdeed)
    read, write = MISDEEDS[misdeed]
    assert await fault_of(police.call(decisions())) == f"backoffice.{read}"
    deed = certificate()
    assert await fault_of(social.call(deed)) == f"backoffice.{write}"
    for adapter in (police, social):
        assert adapter.received <= 1_000_000 + CHUNK
    # And it is over as soon as the department is well: the same key, one deed.
    sandbox.switch("*", "none")
    assert (await police.call(decisions())).data["records"]
    assert (await social.call(deed)).data["number"]
    assert [one["key"] for one in sandbox.ledger()["deeds"]].count(deed.key) == 1
    assert sandbox.ledger()["certificates"] == (2 if misdeed == "stale" else 1)


async def test_a_reply_twice_on_the_wire_is_one_reply(sandbox, department):
    sandbox.switch("*", "duplicate")
    assert (await department("HRSS").call(certificate())).data["months"] == "12 个月"


async def test_a_read_is_asked_again_after_a_dropped_line_and_a_write_is_not(sandbox, department):
    sandbox.switch("psb-tms", "refuse_connection", times=2)
    assert len((await department("PSB-TMS").call(decisions())).data["records"]) == 3
    sandbox.switch("hrss", "refuse_connection", times=1)
    assert await fault_of(department("HRSS").call(certificate())) == "backoffice.unknown"


async def test_nobody_there_means_surely_not_done(department, sandbox):
    adapter = RestAdapter(system="HRSS", url="http://127.0.0.1:9/hrss")
    assert await fault_of(adapter.call(certificate())) == "backoffice.asleep"
    await adapter.close()


async def test_the_breaker_opens_and_one_success_closes_it(sandbox, department):
    now = [0.0]
    adapter = department("PSB-TMS")
    adapter._breaker = Breaker(2, 30.0, clock=lambda: now[0])
    sandbox.switch("psb-tms", "asleep")
    for _ in range(2):
        assert await fault_of(adapter.call(decisions())) == "backoffice.asleep"
    sandbox.switch("psb-tms", "none")
    with pytest.raises(Fault, match="breaker open"):
        await adapter.call(decisions())
    now[0] += 30.0
    assert (await adapter.call(decisions())).data["records"]
    assert (await adapter.call(decisions())).data["records"]


async def test_an_open_breaker_does_not_call_an_unknown_deed_undone(sandbox, department):
    adapter = department("HRSS", breaker_after=1)
    deed = certificate()
    sandbox.switch("hrss", "lost_reply")
    assert await fault_of(adapter.call(deed)) == "backoffice.unknown"
    assert await fault_of(adapter.call(deed)) == "backoffice.unknown"
    assert await fault_of(adapter.call(certificate())) == "backoffice.asleep"


async def test_a_cancelled_call_cuts_the_line_at_once(sandbox, department):
    sandbox.switch("hrss", "hang")
    adapter = department("HRSS", deadline=60.0)
    call = asyncio.ensure_future(adapter.call(certificate()))
    await asyncio.sleep(0.1)
    call.cancel()
    began = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert time.monotonic() - began < 30, "waited for the deadline instead"


@pytest.mark.parametrize("misdeed", ["hang", "slow_headers", "slow_loris", "endless"])
async def test_no_thread_stays_behind(misdeed, sandbox):
    adapter = RestAdapter(system="HRSS", url=f"{sandbox.url}/hrss", deadline=0.3)
    sandbox.switch("hrss", misdeed)
    assert await fault_of(adapter.call(certificate())) == "backoffice.unknown"
    await adapter.close()
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("http-")]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (certificate("c06"), "no_record"),
        (certificate(period="2010-01/2010-03"), "no_record"),
        (certificate(period="2025-12/2025-01"), "bad_input"),
        (certificate(scope="everything"), "bad_input"),
        (request("PSB-TMS.quoteFine", decision_no="3502000000000000"), "no_record"),
        (request("PSB-POP.countSameName", None, name="a<script>", scope="xiamen"), "bad_input"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_refusals_by_reason(asked, reason, sandbox, department):
    adapter = department(asked.operation.partition(".")[0])
    assert await fault_of(adapter.call(asked)) == f"backoffice.refused.{reason}"


async def test_a_key_used_for_something_else_is_refused(sandbox, department):
    adapter, deed = department("HRSS"), certificate()
    await adapter.call(deed)
    other = Request(
        operation=deed.operation, key=deed.key, station="XM0001", person=deed.person, answers={**deed.answers, "scope": "medical"}
    )
    assert await fault_of(adapter.call(other)) == "backoffice.refused.key_reused"


@pytest.mark.parametrize("url", ["ftp://x/", "http://department.example/", "127.0.0.1", "http://user:word@127.0.0.1/", "https://x/?a=1"])
def test_an_address_that_would_not_do_is_refused(url):
    with pytest.raises(ValueError, match=r"^url: "):
        RestAdapter(system="HRSS", url=url)


def test_it_is_built_from_a_table_and_refuses_what_it_does_not_know():
    table = {"url": "http://127.0.0.1:1/hrss", "deadline": 3}
    assert strict.build(RestAdapter, table, "config.toml", "departments.HRSS", system="HRSS").operations >= {"HRSS.issueCert"}
    with pytest.raises(strict.Refused, match=r"departments\.HRSS\.timeout — unexpected"):
        strict.build(RestAdapter, {**table, "timeout": 3}, "config.toml", "departments.HRSS", system="HRSS")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('system = "HRSS"\n', "operations — missing"),
        ('system = "EVAL"\noperations = {}\n', "system — is of EVAL"),
        ('system = "HRSS"\n[operations.a]\npath = "/a"\nreply = {}\nbody = { x = { source = "weather" } }\n', "operations.a.body.x.source"),
        ('system = "HRSS"\n[operations.a]\npath = "/a"\nreply = {}\nretry = 3\n', "operations.a.retry — unexpected"),
    ],
)
def test_a_map_that_is_wrong_is_refused_with_its_place(tmp_path, text, place):
    file = tmp_path / "HRSS.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(strict.Refused, match=place):
        load("HRSS", str(file))


def test_a_reply_that_is_no_schema_is_a_problem_kiosk_check_tells(tmp_path):
    file = tmp_path / "HRSS.toml"
    file.write_text('system = "HRSS"\n[operations.a]\npath = "/a"\nreply = { type = "thing" }\n', "utf-8")
    assert [*problems(load("HRSS", str(file)))] == ["HRSS.a: reply is not a JSON Schema: $.type"]


def test_an_answer_the_item_never_asked_for_is_a_bug_and_names_no_person():
    asked = request("HRSS.issueCert", scope="all")
    with pytest.raises(ValueError, match=r"HRSS\.issueCert needs answers\.period"):
        body(load("HRSS").operations["issueCert"], asked)


def test_a_reason_without_words_is_a_problem_kiosk_check_tells(tmp_path):
    file = tmp_path / "HRSS.toml"
    file.write_text('system = "HRSS"\noperations = {}\n[errors]\n"H-1" = "no_record"\n"H-2" = "moonlight"\n', "utf-8")
    found = [*problems(load("HRSS", str(file)))]
    assert found and all("no words for fault.backoffice.refused.moonlight" in one for one in found)


@pytest.mark.parametrize("system", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_the_shipped_maps_have_no_problems(system):
    assert not [*problems(load(system))]
