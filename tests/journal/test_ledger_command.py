"""`kiosk journal` as a technician and an auditor meet it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import apsw
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk import app
from kiosk.__main__ import main
from kiosk.journal import Journal, station_keys
from kiosk.model import events
from kiosk.model.events import PollAnswered
from kiosk.model.money import Money
from kiosk.model.zone import CHINA
from kiosk.payments import Method, Order
from kiosk.sandbox.process import Sandbox
from kiosk.testing.counter import settings

Kiosk = Callable[..., tuple[int, str]]
CONFIG = """
[station]
id = "XM0001"
name = "e政务便民服务站"
hotline = "0592-12345"
[addresses]
sandbox = "{url}"
[devices]
[departments]
[payments]
gateway = "city"
options = {{ url = "@sandbox/pay" }}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A terminal whose gateway nobody answers for."""
    (tmp_path / "config.toml").write_text(CONFIG.format(url="http://127.0.0.1:9"), "utf-8")
    return tmp_path


@pytest.fixture
def kiosk(home: Path, capsys: pytest.CaptureFixture[str]) -> Kiosk:
    """`kiosk("verify")` → exit status, and what it printed."""

    def run(*words: str) -> tuple[int, str]:
        with ThreadPoolExecutor(1) as other:  # the command has a loop of its own
            status = other.submit(main, ["journal", "--config", str(home / "config.toml"), *words]).result()
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


def opened(home: Path) -> Journal:
    return Journal.open(home / "var" / "journal.db", "XM0001", station_keys(home / "var"))


async def served(journal: Journal) -> str:
    visit = await journal.begin("traffic-fine-pay")
    await journal.write(events.CardRead(visit=visit, reader="05.03-20180612"))
    await journal.write(events.PayIntent(visit=visit, order_no=f"{visit}-P1", amount_fen=20000, method="wechat"))
    await journal.write(events.Paid(visit=visit, order_no=f"{visit}-P1", amount_fen=20000))
    await journal.write(events.Submitted(visit=visit, key=f"{visit}-S"))
    await journal.write(events.VisitEnded(visit=visit, ending="served"))
    return visit


async def doubtful(journal: Journal) -> str:
    visit = await journal.begin("traffic-fine-pay")
    await journal.write(events.PayIntent(visit=visit, order_no=f"{visit}-P1", amount_fen=4000, method="alipay"))
    await journal.write(events.PayUnknown(visit=visit, order_no=f"{visit}-P1"))
    await journal.write(events.VisitEnded(visit=visit, ending="fault", fault="payment.unknown"))
    return visit


@pytest.mark.parametrize("action", ["", "verify", "show", "unsettled", "reconcile", "export"])
def test_a_terminal_without_a_journal_is_well(home: Path, kiosk: Kiosk, action: str) -> None:
    status, said = kiosk(*action.split())
    assert (status, "no journal yet" in said) == (0, True)
    assert not (home / "var").exists()  # looking makes nothing, least of all a key


async def test_without_an_action_it_verifies_and_says_what_is_open(home: Path, kiosk: Kiosk) -> None:
    journal = opened(home)
    await served(journal)
    assert kiosk()[0] == 0  # while the terminal serves
    visit = await doubtful(journal)
    status, said = kiosk()
    assert status == 1
    assert "10 rows, chain intact, 2 signatures, 0 rows behind the last one" in said
    assert f"order      {visit}-P1 ¥40.00, last PayUnknown" in said
    assert kiosk("verify")[0] == 0
    assert kiosk("unsettled") == (1, f"1 unsettled\n  order      {visit}-P1 ¥40.00, last PayUnknown\n")
    journal.close()


async def test_a_head_kept_elsewhere_shows_an_old_copy(home: Path, kiosk: Kiosk) -> None:
    journal = opened(home)
    await served(journal)
    number, hash_ = journal.head()
    assert kiosk("verify", "--head", f"{number}:{hash_}")[0] == 0
    await served(journal)
    assert kiosk("verify", "--head", f"{number}:{hash_}")[0] == 0
    later, later_hash = journal.head()
    assert kiosk("verify", "--head", f"{later}:{hash_}")[0] == 3
    status, said = kiosk("verify", "--head", f"{later + 1}:{later_hash}")
    assert status == 3 and "older copy" in said
    journal.close()


async def test_damage_is_told_and_nothing_is_moved(home: Path, kiosk: Kiosk) -> None:
    journal = opened(home)
    await served(journal)
    journal.close()
    path = home / "var" / "journal.db"
    connection = apsw.Connection(str(path))
    connection.pragma("key", f"raw:{station_keys(home / 'var').cipher_key().hex()}")
    connection.execute("DROP TRIGGER rows_are_kept_update; UPDATE rows SET payload = replace(payload, '20000', '1') WHERE seq = 3")
    connection.close()
    for action in ("", "verify", "show", "export", "reconcile"):
        status, said = kiosk(*action.split())
        assert (status, "row 3 was changed" in said) == (3, True)
    path.write_bytes(b"\0" + path.read_bytes()[1:])
    assert kiosk("verify")[0] == 3
    assert path.exists() and not [file for file in path.parent.iterdir() if "quarantined" in file.name]


async def test_a_key_that_is_gone_is_not_made_anew(home: Path, kiosk: Kiosk) -> None:
    opened(home).close()
    key = home / "var" / "keys" / "journal"
    secret = key.read_bytes()
    key.unlink()
    assert kiosk("verify")[0] == 4
    assert not key.exists()
    key.touch(0o600)
    key.write_bytes(secret[:31])
    assert kiosk("verify")[0] == 4
    key.write_bytes(bytes(32))
    assert kiosk("verify")[0] == 3


async def test_show_is_for_people_and_finds_a_visit_by_the_number_on_the_slip(home: Path, kiosk: Kiosk) -> None:
    journal = opened(home)
    first, second = await served(journal), await doubtful(journal)
    journal.close()
    status, everything = kiosk("show")
    assert status == 0 and everything.index(first) < everything.index(second)
    status, said = kiosk("show", f"{second}-P1")
    assert status == 0
    heading, *rows = said.strip().splitlines()
    assert heading == second
    assert [row.split()[3] for row in rows] == ["VisitStarted", "PayIntent", "PayUnknown", "VisitEnded"]
    assert "amount=¥40.00 method=alipay" in rows[1]
    assert kiosk("show", second)[1] == said
    assert kiosk("show", "XM0001-ZZZZ-000001")[0] == 1


async def test_an_export_can_be_verified_by_the_manual_alone(home: Path, kiosk: Kiosk) -> None:
    """Nothing of the kiosk below: what the auditors' manual says, in five lines."""
    journal = opened(home)
    await served(journal)
    await doubtful(journal)
    head = journal.head()
    journal.close()
    header, *lines = [json.loads(line) for line in kiosk("export")[1].splitlines()]

    def digest(*parts: object) -> str:
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    before = digest(header["station"], header["epoch"], header["version"], header["public_key"])
    station = Ed25519PublicKey.from_public_bytes(bytes.fromhex(header["public_key"]))
    hashes = {}
    for row in (line for line in lines if "kind" in line):
        payload = json.dumps(row["data"], sort_keys=True, separators=(",", ":"))
        before = digest(before, row["seq"], row["time"], row["visit"], row["kind"], payload)
        assert before == row["hash"]
        hashes[row["seq"]] = before
    assert (len(hashes), before) == head
    signatures = [line for line in lines if "signature" in line]
    assert [one["seq"] for one in signatures] == [6, 10]
    for one in signatures:
        assert one["hash"] == hashes[one["seq"]]
        message = digest("kiosk journal checkpoint", header["station"], header["epoch"], one["seq"], one["hash"])
        station.verify(bytes.fromhex(one["signature"]), message.encode())


async def test_a_bill_beside_the_journal_names_every_order_they_disagree_about(home: Path, kiosk: Kiosk, sandbox: Sandbox) -> None:
    (home / "config.toml").write_text(CONFIG.format(url=sandbox.url), "utf-8")
    journal = opened(home)
    visit = await doubtful(journal)
    journal.close()
    today = f"{datetime.now(CHINA):%Y-%m-%d}"
    assert kiosk("reconcile", "--day", today) == (0, f"{today}: 0 orders, ¥0.00 kept, 0 differences\n")
    gateway = app.payments(settings(sandbox.url, home))
    await gateway.create(Order(order_no=f"{visit}-P1", amount=Money(4000), method=Method.ALIPAY, subject="traffic-fine-pay"))
    await gateway.close()
    assert sandbox.pay(f"{visit}-P1")
    status, said = kiosk("reconcile", "--day", today)
    assert status == 1
    assert f"{today}: 1 orders, ¥40.00 kept, 1 differences" in said
    assert f"{visit}-P1  journal: ¥0.00  bill: ¥40.00" in said
    sandbox.switch("pay", "asleep")
    assert kiosk("reconcile", "--day", today)[0] == 5


async def test_reconcile_says_what_the_gateway_says(home: Path, kiosk: Kiosk, sandbox: Sandbox) -> None:
    (home / "config.toml").write_text(CONFIG.format(url=sandbox.url), "utf-8")
    journal = opened(home)
    await served(journal)
    assert kiosk("reconcile") == (0, "no order is open\n")
    visits = [await doubtful(journal) for _ in range(3)]
    journal.close()
    gateway = app.payments(settings(sandbox.url, home))
    for visit in visits[:2]:
        await gateway.create(Order(order_no=f"{visit}-P1", amount=Money(4000), method=Method.ALIPAY, subject="traffic-fine-pay"))
    await gateway.close()
    sandbox.pay(f"{visits[0]}-P1")
    before = sandbox.orders()
    status, said = kiosk("reconcile")
    assert status == 1
    assert [line.split("gateway: ")[1] for line in said.splitlines()] == ["paid", "waiting", "absent"]
    assert sandbox.orders() == before
    sandbox.switch("pay", "asleep")
    status, said = kiosk("reconcile")
    assert status == 5 and said.count("no answer (payment.unknown)") == 3


def test_the_configuration_may_stand_behind_the_action(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify", "--config", str(home / "config.toml")]) == 0
    assert str(home) in capsys.readouterr().err


def test_wrong_usage_is_told_apart(home: Path, kiosk: Kiosk, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        kiosk("forge")
    assert caught.value.code == 2
    (home / "config.toml").write_text("[station]\n")
    assert kiosk("verify")[0] == 2


def test_the_manual_needs_no_terminal(kiosk: Kiosk, home: Path) -> None:
    (home / "config.toml").unlink()
    status, said = kiosk("manual")
    assert status == 0
    for name in events.EVENTS:
        assert f"### {name}\n" in said


async def test_polls_are_counted(home: Path, kiosk: Kiosk):
    journal = Journal.open(home / "var" / "journal.db", "XM0001", station_keys(home / "var"))
    for answer in ("noon", "evening", "noon"):
        await journal.write(PollAnswered(poll="opening-hours", answer=answer))
    journal.close()
    assert kiosk("polls") == (0, "opening-hours: 3 answers; noon 2, evening 1\n")
