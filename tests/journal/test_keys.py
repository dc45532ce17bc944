"""The station's secret: made once, whole or not at all, for nobody else to read."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from given_keys import given_keys

from kiosk.journal import Journal, NoKey, station_keys
from kiosk.journal.keys import CREDENTIAL, KeyFile, signed
from kiosk.model.events import Paid, VisitEnded
from kiosk.model.faults import Fault

STATION = "XM-SM-0001"


def test_is_made_at_the_first_start_and_stays(state: Path) -> None:
    first = station_keys(state, {})
    made = (first.cipher_key(), first.public_key())
    again = station_keys(state, {})
    assert (again.cipher_key(), again.public_key()) == made
    assert len({*made}) == 2 and {len(one) for one in made} == {32}
    (file,) = (state / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert station_keys(state / "other", {}).cipher_key() != made[0]


def test_two_that_start_at_once_have_one_secret(state: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: _later(state), range(8)))
    assert len(found) == 1


def _later(state: Path) -> bytes:
    return station_keys(state, {}).cipher_key()


def test_what_systemd_unsealed_goes_before_the_file(state: Path, tmp_path: Path) -> None:
    given = tmp_path / "credentials"
    given.mkdir()
    environment = {"CREDENTIALS_DIRECTORY": str(given)}
    own = station_keys(state, environment).cipher_key()
    (given / CREDENTIAL).write_bytes(b"t" * 32)
    (given / CREDENTIAL).chmod(0o400)
    assert station_keys(state, environment).cipher_key() != own


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_torn_secret_is_refused_not_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.touch(0o600)
    path.write_bytes(content)
    with pytest.raises(NoKey):
        KeyFile(path, make=True).cipher_key()
    assert path.read_bytes() == content


def test_a_secret_open_to_everybody_is_refused(tmp_path: Path) -> None:
    keys = given_keys(tmp_path)
    (tmp_path / "key-1").chmod(0o604)
    with pytest.raises(NoKey, match="everybody"):
        keys.cipher_key()


def test_signatures_hold_for_one_message_and_one_station(tmp_path: Path) -> None:
    ours, others = given_keys(tmp_path), given_keys(tmp_path, 2)
    signature = ours.sign(b"8:abc")
    assert signed(ours.public_key(), b"8:abc", signature)
    assert not signed(ours.public_key(), b"8:abd", signature)
    assert not signed(others.public_key(), b"8:abc", signature)
    assert not signed(b"", b"8:abc", signature)


async def test_a_key_that_cannot_be_read_stops_the_terminal_and_leaves_the_journal(tmp_path: Path) -> None:
    path, keys = tmp_path / "journal", given_keys(tmp_path)
    Journal.open(path, STATION, keys).close()
    for broken in (KeyFile(tmp_path / "nowhere"), KeyFile(path)):
        with pytest.raises(Fault) as caught:
            Journal.open(path, STATION, broken)
        assert caught.value.code == "journal.unwritable"
    again = Journal.open(path, STATION, given_keys(tmp_path))
    assert again.quarantined is None
    again.close()


async def test_no_file_beside_the_journal_says_anything(tmp_path: Path) -> None:
    """What was written is in none of the files, while it is open and after."""
    folder = tmp_path / "state"
    journal = Journal.open(folder / "journal", STATION, station_keys(folder, {}))
    visit = await journal.begin("canary-item")
    await journal.write(Paid(visit=visit, order_no=f"{visit}-P1", amount_fen=987654321))
    await journal.write(VisitEnded(visit=visit, ending="canary-ending"))
    canaries = [word.encode() for word in ("canary", visit, "987654321", "VisitEnded", "CREATE TABLE", STATION)]

    def leaks() -> list[tuple[str, bytes]]:
        files = [file for file in folder.rglob("*") if file.is_file()]
        assert files
        return [(file.name, word) for file in files for word in canaries if word in file.read_bytes()]

    assert {file.name for file in folder.iterdir()} == {"journal", "journal-wal", "journal-shm", "keys"}
    assert leaks() == []
    for file in folder.iterdir():
        assert not file.stat().st_mode & 0o077, file.name
    journal.close()
    assert leaks() == []
    plain = Journal.open(tmp_path / "plain", STATION)
    assert "canary" not in str(plain.head())
    await plain.begin("canary-item")
    plain.close()
    assert b"canary" in (tmp_path / "plain").read_bytes()  # the search would find it
