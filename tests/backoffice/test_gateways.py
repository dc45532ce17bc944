"""Departments behind signing gateways: the sandbox verifies with code of its own; a refused signature has words for the citizen."""

from __future__ import annotations

import itertools

import pytest
import requests

from kiosk import strict
from kiosk.backoffice import Request
from kiosk.backoffice.irs import IrsAdapter
from kiosk.backoffice.national import NationalAdapter
from kiosk.backoffice.tif import TifAdapter
from kiosk.i18n import table
from kiosk.model.faults import Fault, Remedy
from kiosk.people import citizens
from kiosk.testing.backoffice import AdapterContract

SCHEMES = {"national": NationalAdapter, "tif": TifAdapter, "irs": IrsAdapter}
numbers = itertools.count(1)


def certificate(citizen="c01"):
    answers = {"scope": "all", "period": "2025-01/2025-12", "purpose": "house", "copies": "1"}
    key = f"G{next(numbers):06d}-S"
    return Request(operation="HRSS.issueCert", key=key, station="XM0001", person=citizens()[citizen].card, answers=answers, write=True)


def decisions():
    key = f"G{next(numbers):06d}-R"
    return Request(operation="PSB-TMS.queryDecision", key=key, station="XM0001", person=citizens()["c02"].card)


@pytest.fixture
def reach(sandbox, tmp_path):
    """An adapter of a department through a gateway, with the secret that the gateway gave out, or another."""

    def make(scheme, system="HRSS", secret=""):
        with requests.Session() as session:
            session.trust_env = False
            told = session.get(f"{sandbox.url}/_sandbox/gateways", timeout=10).json()
        file = tmp_path / f"{scheme}.secret"
        file.write_text((secret or told["secrets"][scheme]) + "\n", "utf-8")
        url = f"{sandbox.url}/gw/{scheme}/{system.lower()}"
        return SCHEMES[scheme](system=system, url=url, app=told["app"], secret_file=str(file), deadline=2.0)

    return make


class Through(AdapterContract):
    scheme = ""

    @pytest.fixture(autouse=True)
    def _stage(self, sandbox, reach):
        self.sandbox, self.reach = sandbox, reach

    def make(self):
        return self.reach(self.scheme)

    def reads(self):
        return certificate("c02")

    def writes(self):
        return certificate()

    def refused(self):
        return certificate("c06")

    def breaks(self, how):
        self.sandbox.switch("hrss", {"garbage": "truncated", "well": "none"}.get(how, how))

    def deeds(self, key):
        return len([deed for deed in self.sandbox.ledger()["deeds"] if deed["key"] == key])

    async def test_garbage_is_never_an_answer(self):
        """HRSS has no reading operation; the traffic police has one."""
        self.sandbox.switch("psb-tms", "truncated")
        adapter = self.reach(self.scheme, "PSB-TMS")
        fault = await fault_of(adapter, decisions())
        assert fault.code == "backoffice.garbage"


class TestNational(Through):
    scheme = "national"


class TestTif(Through):
    scheme = "tif"


class TestIrs(Through):
    scheme = "irs"


async def fault_of(adapter, request):
    try:
        with pytest.raises(Fault) as caught:
            await adapter.call(request)
    finally:
        await adapter.close()
    return caught.value


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_a_wrong_key_is_for_staff_and_nothing_was_done(scheme, reach, sandbox):
    fault = await fault_of(reach(scheme, secret="of-somebody-else"), certificate())
    assert (fault.code, fault.remedy) == ("backoffice.gateway_key", Remedy.STAFF)
    assert sandbox.ledger()["deeds"] == []


@pytest.mark.parametrize("late", [-120, 120])
@pytest.mark.parametrize("scheme", SCHEMES)
async def test_a_wrong_clock_is_for_staff_and_nothing_was_done(scheme, late, reach, sandbox, monkeypatch):
    adapter = reach(scheme)
    right = adapter._now
    monkeypatch.setattr(adapter, "_now", lambda: right() + late)
    fault = await fault_of(adapter, certificate())
    assert (fault.code, fault.remedy) == ("backoffice.gateway_clock", Remedy.STAFF)
    assert sandbox.ledger()["deeds"] == []


@pytest.mark.parametrize("scheme", ["national", "tif"])  # the IRS has no nonce
async def test_a_replayed_read_is_for_later_and_a_replayed_write_is_unknown(scheme, reach, monkeypatch):
    for system, asked, code in (("PSB-TMS", decisions, "gateway_replayed"), ("HRSS", certificate, "unknown")):
        adapter = reach(scheme, system)
        once = adapter._nonce()
        monkeypatch.setattr(adapter, "_nonce", lambda once=once: once)
        await adapter.call(asked())
        fault = await fault_of(adapter, asked())
        assert (fault.code, fault.remedy) == (f"backoffice.{code}", Remedy.LATER)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_missing_secret_is_refused_with_its_place(scheme, tmp_path, monkeypatch):
    monkeypatch.delenv("KIOSK_NO_SUCH_SECRET", raising=False)
    for given, place in (
        ({}, "departments.HRSS — exactly one"),
        ({"secret_file": str(tmp_path / "none")}, "departments.HRSS.secret_file"),
        ({"secret_env": "KIOSK_NO_SUCH_SECRET"}, "departments.HRSS.secret_env"),
    ):
        with pytest.raises(strict.Refused, match=place):
            SCHEMES[scheme](system="HRSS", url="http://127.0.0.1:9/hrss", app="xm-kiosk", **given)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_refusal_of_a_gateway_has_words(language):
    for code in ("key", "clock", "replayed"):
        assert {f"fault.backoffice.gateway_{code}", f"fault.backoffice.gateway_{code}.next"} <= set(table(language))
