"""A driver and an adapter from packages of others: scaffolded, installed, named in config.toml, used; the kiosk knows none of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.receipt_printer.simulated import EscposPrinterSimulator
from kiosk.sandbox.process import Sandbox
from kiosk.scaffold.adapter import adapter
from kiosk.scaffold.driver import driver
from kiosk.testing.counter import ROOT

DRIVER = '''\
"""Acme's receipt printer: ESC/POS over the network."""

from kiosk.devices.receipt_printer.escpos_tcp import EscposTcp


class AcmeReceiptPrinter(EscposTcp):
    def __init__(self, address: str, *, name: str = "") -> None:
        host, _, port = address.rpartition(":")
        super().__init__(host, int(port), name=name)
'''
TEST = '''\
from pathlib import Path

import pytest
from kiosk.devices.receipt_printer.simulated import EscposPrinterSimulator
from kiosk.testing.receipt_printer import ReceiptPrinterContract
from kiosk_acme.receipt_printer import AcmeReceiptPrinter


class TestAcmeReceiptPrinter(ReceiptPrinterContract):
    @pytest.fixture(autouse=True)
    def paper(self, tmp_path: Path):
        self.simulator = EscposPrinterSimulator(tmp_path)
        self.address = "{}:{}".format(*self.simulator.start())
        yield
        self.simulator.stop()

    def make(self, folder: Path) -> AcmeReceiptPrinter:
        return AcmeReceiptPrinter(self.address)
'''

ADAPTER = '''\
"""Acme's department: the kiosk's own way through JSON over HTTP."""

from kiosk.backoffice.rest import RestAdapter


class AcmeAdapter(RestAdapter):
    pass
'''
ADAPTER_TEST = '''\
import itertools
import os

from kiosk.backoffice import Request
from kiosk.people import citizens
from kiosk.sandbox.process import Sandbox
from kiosk.testing.backoffice import AdapterContract
from kiosk_acme.adapter import AcmeAdapter

numbers = itertools.count(1)
SANDBOX = Sandbox.at(os.environ["SANDBOX"])
ANSWERS = {"scope": "all", "period": "2025-01/2025-12", "purpose": "house", "copies": "1"}


class TestAcmeAdapter(AdapterContract):
    def make(self) -> AcmeAdapter:
        return AcmeAdapter(system="HRSS", url=f"{SANDBOX.url}/hrss", deadline=5.0)

    def reads(self) -> Request:
        return self.certificate("c02")

    def writes(self) -> Request:
        return self.certificate("c01")

    def refused(self) -> Request:
        return self.certificate("c06")

    def breaks(self, how: str) -> None:
        SANDBOX.switch("hrss", "none" if how == "well" else how)

    def deeds(self, key: str) -> int:
        return len([deed for deed in SANDBOX.ledger()["deeds"] if deed["key"] == key])

    def certificate(self, who: str) -> Request:
        about, key = citizens()[who].card, f"T{next(numbers):06d}-S"
        return Request(operation="HRSS.issueCert", key=key, station="XM0001", person=about, answers=ANSWERS, write=True)
'''


def install(package: Path, where: Path) -> dict[str, str]:
    """The package into `where`, without an index; the environment of a process that has it beside the kiosk."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(where)]
    done = subprocess.run([*command, str(package)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(where), str(ROOT)))}


def run(env: dict[str, str], *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, env=env, capture_output=True, text=True, timeout=100, check=False)


@pytest.fixture
def acme(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    assert driver("receipt_printer", "acme", tmp_path) == 0
    package = tmp_path / "kiosk-acme"
    (package / "kiosk_acme" / "receipt_printer.py").write_text(DRIVER)
    (package / "tests" / "test_receipt_printer.py").write_text(TEST)
    return package, install(package, tmp_path / "site")


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[EscposPrinterSimulator]:
    simulator = EscposPrinterSimulator(tmp_path / "slips")
    simulator.start()
    yield simulator
    simulator.stop()


def test_a_kiosk_prints_through_a_driver_it_has_never_seen(
    tmp_path: Path, acme: tuple[Path, dict[str, str]], printer: EscposPrinterSimulator
) -> None:
    host, port = printer.start()
    shipped = (ROOT / "config.toml").read_text("utf-8")
    mine = shipped.replace('[devices.receipts]\ndriver = "simulated"', f'[devices.receipts]\ndriver = "acme"\naddress = "{host}:{port}"')
    assert mine != shipped
    (tmp_path / "config.toml").write_text(mine, "utf-8")
    done = run(acme[1], "kiosk", "tour", "household-same-name", "--config", str(tmp_path / "config.toml"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(printer.papers()) == 1


def test_its_own_contract_test_passes_where_it_lives(acme: tuple[Path, dict[str, str]]) -> None:
    done = run(acme[1], "pytest", "-q", "-p", "no:cacheprovider", "tests", cwd=acme[0])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


@pytest.mark.parametrize("kind", ["code_scanner", "document_printer"])  # whose contracts ask for fixtures, and for a method
def test_a_fresh_scaffold_is_found_and_red_where_something_is_to_be_written(tmp_path: Path, kind: str) -> None:
    assert driver(kind, "acme", tmp_path) == 0
    env = install(tmp_path / "kiosk-acme", tmp_path / "site")
    found = run(env, "pytest", "-q", "-p", "no:cacheprovider", "tests", "-k", "finds_it", cwd=tmp_path / "kiosk-acme")
    assert found.returncode == 0, found.stdout + found.stderr
    rest = run(env, "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests", "-k", "not finds_it", cwd=tmp_path / "kiosk-acme")
    assert rest.returncode == 1, rest.stdout + rest.stderr
    assert "nothing here reaches it yet" in rest.stdout or "absent" in rest.stdout or "pytest.fail" in rest.stdout, rest.stdout


def test_nothing_is_overwritten_and_no_odd_kind_or_name_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert driver("receipt_printer", "acme", tmp_path) == 0
    assert driver("receipt_printer", "acme", tmp_path) == 1
    assert driver("toaster", "acme", tmp_path) == 2
    assert "kinds: camera, code_scanner" in capsys.readouterr().err
    assert driver("camera", "Acme!", tmp_path) == 2


def test_a_kiosk_asks_a_department_through_an_adapter_it_has_never_seen(tmp_path: Path, sandbox: Sandbox) -> None:
    assert adapter("acme", tmp_path) == 0
    package, site = tmp_path / "kiosk-acme", tmp_path / "site"
    env = {**install(package, site), "SANDBOX": sandbox.url}
    fresh = run(env, "pytest", "-q", "-p", "no:cacheprovider", "tests", "-k", "finds_it or asleep", cwd=package)
    assert "1 failed, 1 passed" in fresh.stdout, fresh.stdout + fresh.stderr
    assert "see what AdapterContract says of it" in fresh.stdout

    for place in (package, site):  # as `pip install` would a second time
        (place / "kiosk_acme" / "adapter.py").write_text(ADAPTER, "utf-8")
    (package / "tests" / "test_adapter.py").write_text(ADAPTER_TEST, "utf-8")
    kept = run(env, "pytest", "-q", "-p", "no:cacheprovider", "tests", "-k", "answers or one_deed or refusal or unused", cwd=package)
    assert kept.returncode == 0 and "4 passed" in kept.stdout, kept.stdout + kept.stderr

    shipped = (ROOT / "config.toml").read_text("utf-8")
    mine = shipped.replace('[departments.HRSS]\nadapter = "rest"', '[departments.HRSS]\nadapter = "acme"')
    assert mine != shipped
    (tmp_path / "config.toml").write_text(mine, "utf-8")
    script = "import pathlib, sys\nfrom kiosk import app, config\nprint(app.departments(config.load(pathlib.Path(sys.argv[1]))))"
    command = [sys.executable, "-c", script, str(tmp_path / "config.toml")]
    reached = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert "'HRSS': <kiosk_acme.adapter.AcmeAdapter" in reached.stdout, reached.stdout + reached.stderr


def test_an_adapter_overwrites_nothing_and_has_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert adapter("acme", tmp_path) == 0
    assert adapter("acme", tmp_path) == 1
    assert adapter("Acme!", tmp_path) == 2
    assert "kiosk new adapter NAME" in capsys.readouterr().err
