"""The canary: persons are planted wherever somebody might look for them, and none comes out with the bundle."""

from __future__ import annotations

import base64
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import config
from kiosk.journal import Journal, station_keys
from kiosk.model import events
from kiosk.model.health import Health, State
from kiosk.people import citizens
from kiosk.technician.bundle import REMOVED, clean, write_bundle
from kiosk.technician.gathered import station
from kiosk.technician.readiness import Check, Level, Offer, Readiness
from kiosk.technician.record import Outcome, Record, Result
from kiosk.technician.view import DeviceView
from kiosk.testing.counter import ROOT

CARD = citizens()["c01"].card
MOBILE, TOKEN, LATIN = "13950012345", "s3cr3t-t0ken-of-a-gateway", "canary-in-a-free-field"
JPEG = b"\xff\xd8\xff\xe0"
CANARIES = (CARD.name, CARD.id_number, CARD.address, MOBILE, TOKEN, LATIN, "陈维护")


def forms(canary: str) -> set[bytes]:
    """As it may stand in a file: plain, as UTF-16, escaped, in base64, in hexadecimal, turned round."""
    raw = canary.encode()
    return {
        raw, canary.encode("utf-16-le"), canary.encode("gb18030"), json.dumps(canary)[1:-1].encode(), base64.b64encode(raw)[:-4] or raw,
        raw.hex().encode(), canary[::-1].encode(),
    }  # fmt: skip


@pytest.fixture
async def planted(tmp_path: Path) -> config.Config:
    """A terminal that has gone wrong in every way: persons in logs, facts, codes, files, configuration and journal."""
    text = (ROOT / "config.toml").read_text("utf-8").replace('state = "var"', 'state = "state"')
    text = text.replace('[departments.HRSS]\nadapter = "rest"\n', f'[departments.HRSS]\nadapter = "rest"\nmap = "{CARD.name}"\n')
    text = text.replace('"@sandbox/pay" }', f'"@sandbox/pay", api_token = "{TOKEN}", note = "{MOBILE}" }}')
    text = text.replace('sandbox = "http://127.0.0.1:8753"', f'sandbox = "http://user:{TOKEN}@127.0.0.1:8753/x?who={LATIN}"')
    (tmp_path / "config.toml").write_text(text, "utf-8")
    taken = config.load(tmp_path / "config.toml")
    journal = Journal.open(taken.state / "journal.db", taken.station.id, station_keys(taken.state))
    visit = await journal.begin("hrss-insurance-cert")
    await journal.write(events.VisitEnded(visit=visit, ending=LATIN))
    journal.close()
    (taken.state / "notes.txt").write_text(" ".join(CANARIES))
    (taken.state / "face.jpg").write_bytes(JPEG + b"face")
    with (tmp_path / "kiosk.log").open("w", encoding="utf-8") as log:
        for line in (
            {"event": "visit.started", "visit": visit, "item": "x", "name": CARD.name, "note": LATIN, "level": "info"},
            {"event": "device.fault", "role": "receipts", "code": MOBILE, "detail": f"card of {CARD.id_number}"},
            {"event": "device.fault", "role": CARD.name, "code": "receipt_printer.paper_out", "detail": JPEG.decode("latin-1")},
            {"event": "citizen.said", "text": LATIN},
        ):
            log.write(json.dumps(line) + "\n")
        log.write(f"Traceback: {CARD.name} {LATIN}\n")
    with Record(taken.state) as record:
        record.keep(
            Result(
                time=datetime.now(UTC), technician=CARD.name, role="receipts", test="print", outcome=Outcome.FAIL, code=MOBILE,
                facts={CARD.name: CARD.id_number, "address": CARD.address, "serial": "SN-0042"},
            )
        )  # fmt: skip
        record.health("receipts", Health(state=State.ABSENT, code=CARD.id_number))
        record.did(CARD.name, "replaced", MOBILE)
    return taken


def seen(taken: config.Config) -> Readiness:
    device = DeviceView(
        role="receipts", kind="receipt_printer", make="EscposTcp", health=Health(state=State.READY, code=""),
        facts={"serial": CARD.id_number, "firmware": "1.2", "owner": CARD.name},
    )  # fmt: skip
    check = Check(id=f"ping:{CARD.name}", level=Level.FAIL, told=CARD.address)
    return Readiness(
        station=station(taken), at=datetime.now(UTC), serving=False, devices=(device,), checks=(check,), offer=Offer(items=1),
        versions={"kiosk": "0.1"},
    )  # fmt: skip


def unpacked(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        files = [(one.name, archive.extractfile(one)) for one in archive.getmembers()]
        return {name: file.read() for name, file in files if file is not None}


async def test_no_canary_comes_out(planted, tmp_path: Path):
    target = tmp_path / "support.tar.gz"
    with Record(planted.state) as record:
        write_bundle(target, seen(planted), planted, record, [tmp_path / "kiosk.log", planted.state / "face.jpg"])
    files = unpacked(target)
    everything = b"\n".join([target.read_bytes(), *files.values(), *(name.encode() for name in files)])
    found = [canary for canary in CANARIES for form in forms(canary) if form in everything]
    assert found == []
    assert JPEG[:3] not in everything and b"\\u00ff\\u00d8" not in everything
    assert target.stat().st_mode & 0o777 == 0o600


async def test_what_support_needs_is_there(planted, tmp_path: Path):
    target = tmp_path / "support.tar.gz"
    with Record(planted.state) as record:
        write_bundle(target, seen(planted), planted, record, [tmp_path / "kiosk.log"])
    files = {name.removeprefix("support/"): json.loads(content) for name, content in unpacked(target).items()}
    assert set(files) == {"readiness.json", "results.json", "faults.json", "deeds.json", "config.json", "journal.json", "log.json"}
    assert files["config.json"]["departments"]["HRSS"] == {"adapter": "rest", "map": REMOVED, "url": "@sandbox/hrss"}
    assert files["config.json"]["addresses"]["sandbox"] == "http://127.0.0.1:8753/x"
    assert files["results.json"]["receipts"][0]["facts"]["serial"] == "SN-0042"
    assert files["journal.json"]["rows"] == 2 and files["journal.json"]["kinds"] == {"VisitStarted": 1, "VisitEnded": 1}
    assert [line["event"] for line in files["log.json"]["lines"]] == ["visit.started", "device.fault", "device.fault"]
    assert files["log.json"]["left_out"] == 2
    assert files["readiness.json"]["devices"][0]["facts"]["firmware"] == "1.2"


async def test_a_damaged_journal_is_told_by_its_kind(planted, tmp_path: Path):
    path = planted.state / "journal.db"
    path.write_bytes(b"\xff" * path.stat().st_size)
    path.with_name("journal.db-wal").write_bytes(b"")
    with Record(planted.state) as record:
        write_bundle(tmp_path / "s.tar.gz", seen(planted), planted, record, [])
    assert "damage" in json.loads(unpacked(tmp_path / "s.tar.gz")["support/journal.json"])


@pytest.mark.parametrize(
    ("data", "left"),
    [
        ({"secret_file": "/etc/x"}, {"secret_file": REMOVED}), ({"api_key": "x"}, {"api_key": REMOVED}), ({"keys": 3}, {"keys": 3}),
        (13950012345, REMOVED), (True, True), (None, None), (1.5, 1.5), ("x" * 1000, "x" * 300), ("\x1b[31m", REMOVED),
    ],
)  # fmt: skip
def test_the_second_net(data, left):
    assert clean(data) == left
