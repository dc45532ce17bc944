"""Each check says what is so, what to do, and never hangs."""

from __future__ import annotations

import asyncio
import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk import i18n
from kiosk.journal import Journal, station_keys
from kiosk.model import events
from kiosk.model.words import Word
from kiosk.sandbox.process import Sandbox
from kiosk.technician.checks import all_of, in_thread, machine, network
from kiosk.technician.checks.books import answers, books
from kiosk.technician.checks.everything import everything
from kiosk.technician.checks.network import Endpoint, Ping
from kiosk.technician.checks.versions import versions
from kiosk.technician.readiness import Check, Level, folded
from kiosk.technician.record import Record
from kiosk.testing.counter import settings

NOW = datetime.datetime.now(datetime.UTC)
Server = Callable[[float], tuple[Endpoint, str]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """`server(days)` → a TLS server whose certificate ends in so many days, and the authority that vouches for it."""
    doors: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(days: float) -> tuple[Endpoint, str]:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
            .not_valid_before(NOW - datetime.timedelta(days=30)).not_valid_after(NOW + datetime.timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        pem = tmp_path / "server.pem"
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        door = socket.create_server(("127.0.0.1", 0))
        doors.append(door)

        def serve() -> None:
            while True:
                try:
                    guest, _ = door.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(guest, server_side=True) as secured:
                        secured.recv(1)
                except OSError:
                    continue

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return Endpoint(name="HRSS", url=f"https://localhost:{door.getsockname()[1]}/x"), str(pem)

    yield start
    for door in doors:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
    for thread in threads:
        thread.join()


def said(check: Check) -> str:
    """In every language, so that a word that is missing shows."""
    texts = [i18n.say(text, language) for text in (check.told, check.remedy) if text for language in i18n.LANGUAGES]
    assert "⟦" not in "".join(texts) and "{" not in "".join(texts)
    return i18n.say(check.told, "en")


@pytest.mark.parametrize(("days", "level"), [(90.5, Level.OK), (3.5, Level.WARN)])
async def test_days_left_of_a_certificate(server, days, level):
    there, authority = server(days)
    (check,) = await network.certificates([there], authority)
    assert check.level is level and f"{int(days)} days" in said(check)


async def test_a_certificate_that_ended_and_one_that_nobody_vouches_for(server):
    there, authority = server(-1)
    (check,) = await network.certificates([there], authority)
    assert check.level is Level.FAIL and "expired" in said(check)
    there, _ = server(90)
    (check,) = await network.certificates([there])
    assert check.level is Level.FAIL and "self" in said(check)


async def test_nobody_at_the_other_end_of_tls_is_unknown_not_well():
    (check,) = await network.certificates([Endpoint(name="HRSS", url="https://127.0.0.1:9/")])
    assert check.level is Level.UNKNOWN and said(check)


async def test_departments_answer_and_one_sleeps(sandbox: Sandbox, state: Path):
    sandbox.switch("psb-tms", "asleep")
    pings = await network.pings(network.endpoints(settings(sandbox.url, state)))
    levels = {check.id: check.level for check in network.answering(pings)}
    assert levels["ping:PSB-TMS"] is Level.FAIL
    assert levels["ping:HRSS"] is not Level.FAIL and levels["ping:payments"] is not Level.FAIL
    assert network.clock(pings).level is Level.OK
    for check in network.answering(pings):
        assert said(check)


@pytest.mark.parametrize(
    ("skews", "level"),
    [((1.0, 2.0, 999.0), Level.OK), ((20.0,), Level.WARN), ((-20.0,), Level.WARN), ((-300.0,), Level.FAIL), ((None,), Level.UNKNOWN)],
)
def test_our_clock_against_theirs(skews, level):
    check = network.clock({str(number): Ping(milliseconds=1, skew=skew) for number, skew in enumerate(skews)})
    assert check.level is level and said(check)


async def test_a_name_that_nobody_knows():
    (check,) = await network.names([Endpoint(name="X", url="https://no-such-host.invalid/"), Endpoint(name="Y", url="http://127.0.0.1/")])
    assert check.level is Level.FAIL and "no-such-host.invalid" in said(check)


async def test_what_hangs_is_left_behind():
    never = threading.Event()

    async def hangs() -> list[Check]:
        await in_thread(never.wait)
        return []

    async def trips() -> list[Check]:
        raise PermissionError

    late, unreadable = await all_of({"slow": hangs, "shut": trips}, within=0.05)
    assert (late.id, late.level, unreadable.id, unreadable.level) == ("slow", Level.UNKNOWN, "shut", Level.UNKNOWN)
    assert said(late) and said(unreadable)
    never.set()
    await asyncio.sleep(0)


def test_a_disk_that_takes_nothing(tmp_path: Path):
    assert machine.disk(tmp_path).id == "disk" and said(machine.disk(tmp_path))
    assert list(tmp_path.iterdir()) == []
    check = machine.disk(tmp_path / "nowhere")
    assert check.level is Level.FAIL and said(check)


@pytest.mark.parametrize(("free", "level"), [(800, Level.OK), (100, Level.WARN), (10, Level.FAIL)])
def test_memory(tmp_path: Path, free, level):
    (tmp_path / "meminfo").write_text(f"MemTotal: 1000 kB\nMemAvailable: {free} kB\n")
    assert machine.memory(tmp_path / "meminfo").level is level
    assert said(machine.memory())


@pytest.mark.parametrize(("degrees", "level"), [(40, Level.OK), (80, Level.WARN), (95, Level.FAIL)])
def test_the_warmest_sensor(tmp_path: Path, degrees, level):
    for number, value in enumerate((20_000, degrees * 1000)):
        (tmp_path / f"thermal_zone{number}").mkdir()
        (tmp_path / f"thermal_zone{number}" / "temp").write_text(f"{value}\n")
    (check,) = machine.temperature(tmp_path)
    assert check.level is level and f"{degrees} °C" in said(check)
    assert list(machine.temperature(tmp_path / "none")) == []


def test_the_kernel_tells_of_its_clock():
    assert machine.ntp().level in (Level.OK, Level.WARN) and said(machine.ntp())


def test_of_all_that_was_asked_in_seven_days_what_came_to_no_answer(record: Record):
    for number in range(4):
        record.called("PSB-TMS", answered=number == 0)
    for number in range(30):
        record.called("TAX", answered=number > 2)
    found = {check.id: check for check in answers(record)}
    assert {id: check.level for id, check in found.items()} == {"answers:PSB-TMS": Level.WARN, "answers:TAX": Level.OK}
    assert "asked 4 times in 7 days, 3 without" in said(found["answers:PSB-TMS"])
    later = NOW + datetime.timedelta(days=8)
    record.called("HRSS", answered=True, at=later)
    assert record.calls(later) == {"HRSS": (1, 0)} == record.calls(), "what is older is gone, not only hidden"


async def test_the_books_open_money_and_damage(state: Path):
    taken = settings("http://127.0.0.1:9", state)
    assert [check.level for check in books(taken)] == [Level.OK]
    journal = Journal.open(state / "journal.db", taken.station.id, station_keys(state))
    visit = await journal.begin("traffic-fine-pay")
    await journal.write(events.PayIntent(visit=visit, order_no=f"{visit}-P1", amount_fen=100, method="wechat"))
    journal.close()
    found = {check.id: check for check in books(taken)}
    assert {id: check.level for id, check in found.items()} == {
        "journal": Level.OK,
        "unsettled": Level.WARN,
        "outbox": Level.OK,
        "refusals": Level.OK,
    }
    for check in found.values():
        assert said(check)
    path = state / "journal.db"
    path.write_bytes(b"\xff" * path.stat().st_size)
    path.with_name("journal.db-wal").write_bytes(b"")
    (check,) = books(taken)
    assert check.level is Level.FAIL and said(check)


async def test_a_whole_round_names_who_is_dead(sandbox: Sandbox, state: Path):
    state.mkdir()
    sandbox.switch("hrss", "asleep")
    with Record(state) as record:
        found = await everything(settings(sandbox.url, state), record)
    assert found.dead == {"HRSS"}
    assert {"disk", "journal", "memory", "ntp", "dns", "clock", "ping:HRSS", "ping:payments"} <= {check.id for check in found.checks}


def test_hashes_tell_what_changed(tmp_path: Path):
    (tmp_path / "config.toml").write_text("a = 1")
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "x.toml").write_text("b = 1")
    before = versions(tmp_path / "config.toml", [tmp_path / "items"])
    assert versions(tmp_path / "config.toml", [tmp_path / "items"]) == before
    (tmp_path / "items" / "x.toml").rename(tmp_path / "items" / "y.toml")
    after = versions(tmp_path / "config.toml", [tmp_path / "items"])
    assert {name for name in before if before[name] != after[name]} == {"catalogue"}


def test_many_that_are_well_are_one_line():
    checks = [Check(id=f"ping:{n}", level=Level.OK, told="") for n in range(5)] + [Check(id="ping:x", level=Level.FAIL, told="")]
    found = folded([*checks, Check(id="disk", level=Level.OK, told="")])
    assert [check.id for check in found] == ["ping", "ping:x", "disk"]
    assert found[0].told == Word("check.folded", well=5, all=6)
