"""Departments behind gateways: the sandbox verifies with code of its own; a refused signature has words for the citizen."""

from __future__ import annotations

import pytest

from kiosk import strict
from kiosk.backoffice.irs import IrsAdapter
from kiosk.backoffice.national import NationalAdapter
from kiosk.backoffice.sm import SmAdapter
from kiosk.backoffice.tif import TifAdapter
from kiosk.i18n import table
from kiosk.model.faults import Fault, Remedy
from kiosk.sandbox.sm_keys import Keys
from kiosk.testing.backoffice import AdapterContract

SECRET = {"national": NationalAdapter, "tif": TifAdapter, "irs": IrsAdapter}
SCHEMES = (*SECRET, "sm-der", "sm-raw", "xroad")


class Through(AdapterContract):
    scheme = ""

    @pytest.fixture(autouse=True)
    def _stage(self, sandbox, reach, certificate, decisions):
        self.sandbox, self.reach, self.certificate, self.decisions = sandbox, reach, certificate, decisions

    def make(self):
        return self.reach(self.scheme)

    def reads(self):
        return self.certificate("c02")

    def writes(self):
        return self.certificate()

    def refused(self):
        return self.certificate("c06")

    def breaks(self, how):
        self.sandbox.switch("hrss", {"garbage": "truncated", "well": "none"}.get(how, how))

    def deeds(self, key):
        return len([deed for deed in self.sandbox.ledger()["deeds"] if deed["key"] == key])

    async def test_garbage_is_never_an_answer(self):
        """HRSS has no reading operation; the traffic police has one."""
        self.sandbox.switch("psb-tms", "truncated")
        adapter = self.reach(self.scheme, "PSB-TMS")
        fault = await fault_of(adapter, self.decisions())
        assert fault.code == "backoffice.garbage"


class TestNational(Through):
    scheme = "national"


class TestTif(Through):
    scheme = "tif"


class TestIrs(Through):
    scheme = "irs"


class TestSmDer(Through):
    scheme = "sm-der"


class TestSmRaw(Through):
    scheme = "sm-raw"


class TestXRoad(Through):
    scheme = "xroad"


async def fault_of(adapter, request):
    try:
        with pytest.raises(Fault) as caught:
            await adapter.call(request)
    finally:
        await adapter.close()
    return caught.value


@pytest.fixture
def stranger(reach, told, file, tmp_path):
    """An adapter that the gateway does not know as the terminal it says it is."""

    def make(scheme):
        if scheme == "xroad":
            return reach(scheme, client=told["xroad"]["stranger"])
        if scheme in SECRET:
            return reach(scheme, secret_file=file("other", "of-somebody-else"))
        return reach(scheme, key_file=file("other.pem", Keys(tmp_path).told()["key"]))

    return make


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_a_wrong_key_is_for_staff_and_nothing_was_done(scheme, stranger, certificate, sandbox):
    fault = await fault_of(stranger(scheme), certificate())
    assert (fault.code, fault.remedy) == ("backoffice.gateway_key", Remedy.STAFF)
    assert sandbox.ledger()["deeds"] == []


@pytest.mark.parametrize("late", [-120, 120])
@pytest.mark.parametrize("scheme", [*SECRET, "sm-der"])  # X-Road leaves clocks to its servers
async def test_a_wrong_clock_is_for_staff_and_nothing_was_done(scheme, late, reach, certificate, sandbox, monkeypatch):
    adapter = reach(scheme)
    right = adapter._now
    monkeypatch.setattr(adapter, "_now", lambda: right() + late)
    fault = await fault_of(adapter, certificate())
    assert (fault.code, fault.remedy) == ("backoffice.gateway_clock", Remedy.STAFF)
    assert sandbox.ledger()["deeds"] == []


@pytest.mark.parametrize("scheme", ["national", "tif", "sm-raw"])  # the IRS has no nonce; X-Road does not refuse an id seen before
async def test_a_replayed_read_is_for_later_and_a_replayed_write_is_unknown(scheme, reach, certificate, decisions, monkeypatch):
    for system, asked, code in (("PSB-TMS", decisions, "gateway_replayed"), ("HRSS", certificate, "unknown")):
        adapter = reach(scheme, system)
        once = adapter._nonce()
        monkeypatch.setattr(adapter, "_nonce", lambda once=once: once)
        await adapter.call(asked())
        fault = await fault_of(adapter, asked())
        assert (fault.code, fault.remedy) == (f"backoffice.{code}", Remedy.LATER)


@pytest.mark.parametrize("scheme", [*SECRET, "sm"])
def test_a_missing_secret_is_refused_with_its_place(scheme, tmp_path, monkeypatch):
    monkeypatch.delenv("KIOSK_NO_SUCH_SECRET", raising=False)
    make = SECRET.get(scheme) or (lambda **given: SmAdapter(key_file="", peer_key_file="", **given))
    for given, place in (
        ({}, "departments.HRSS — exactly one"),
        ({"secret_file": str(tmp_path / "none")}, "departments.HRSS.secret_file"),
        ({"secret_env": "KIOSK_NO_SUCH_SECRET"}, "departments.HRSS.secret_env"),
    ):
        with pytest.raises(strict.Refused, match=place):
            make(system="HRSS", url="http://127.0.0.1:9/hrss", app="xm-kiosk", **given)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_refusal_of_a_gateway_has_words(language):
    for code in ("key", "clock", "replayed"):
        assert {f"fault.backoffice.gateway_{code}", f"fault.backoffice.gateway_{code}.next"} <= set(table(language))
