"""What a forger can do to a signed journal with everything but the station's key, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from given_keys import given_keys

from kiosk.journal import BrokenChain, Journal, KeyStore
from kiosk.journal.chain import Record
from kiosk.journal.ledger import CHECKPOINT, Ledger, looking
from kiosk.model.events import CardRead, Paid, VisitEnded

STATION = "XM-SM-0001"


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    return given_keys(tmp_path)


@pytest.fixture
async def path(tmp_path: Path, keys: KeyStore) -> Path:
    """Two visits of four rows each, and one that goes on: the last signature is below row 8, the last row is 10."""
    path = tmp_path / "journal"
    journal = Journal.open(path, STATION, keys)
    for ended in (True, True, False):
        visit = await journal.begin("traffic-fine-pay")
        await journal.write(CardRead(visit=visit, reader="r"))
        if ended:
            await journal.write(Paid(visit=visit, order_no=f"{visit}-P1", amount_fen=20000))
            await journal.write(VisitEnded(visit=visit, ending="served"))
    journal.close()
    return path


def forge(path: Path, keys: KeyStore, *statements: str) -> None:
    """Changes the file as somebody can who has the cipher's key, and knows how rows are chained, but cannot sign."""
    connection = apsw.Connection(str(path))
    connection.pragma("key", f"raw:{keys.cipher_key().hex()}")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def chain_again(path: Path, keys: KeyStore) -> None:
    """Every hash reckoned anew, so that the chain alone shows nothing."""
    with looking(path, STATION, keys) as book:
        before = book.start
    connection = apsw.Connection(str(path))
    connection.pragma("key", f"raw:{keys.cipher_key().hex()}")
    seq = 0
    for found in connection.execute("SELECT seq, time, visit, kind, payload, prev_hash, hash FROM rows ORDER BY seq").fetchall():
        record = Record(*found)._replace(prev_hash=before)
        seq, before = record.seq, record._hash_as(record.seq)
        connection.execute("UPDATE rows SET prev_hash = ?, hash = ? WHERE seq = ?", (record.prev_hash, before, seq))
    connection.execute("UPDATE head SET seq = ?, hash = ?", (seq, before))
    connection.close()


def told(path: Path, keys: KeyStore) -> str:
    """What verifying says; "" if nothing is wrong."""
    try:
        with looking(path, STATION, keys) as book:
            list(book.rows(every_signature=True))
    except BrokenChain as broken:
        return str(broken)
    return ""


def test_each_visits_end_is_signed(path: Path, keys: KeyStore) -> None:
    assert told(path, keys) == ""
    with looking(path, STATION, keys) as book:
        assert list(book.checkpoints()) == [4, 8]
        assert book.public_key == keys.public_key().hex()


async def test_a_long_visit_is_signed_before_its_end(tmp_path: Path, keys: KeyStore) -> None:
    journal = Journal.open(tmp_path / "journal", STATION, keys)
    for _ in range(2 * CHECKPOINT + 1):
        await journal.write(CardRead(reader="r"))
    journal.close()
    with looking(tmp_path / "journal", STATION, keys) as book:
        assert list(book.checkpoints()) == [CHECKPOINT, 2 * CHECKPOINT]


SWAP = (
    "UPDATE rows SET seq = CASE seq WHEN 2 THEN 3000 ELSE 2000 END WHERE seq IN (2, 3)",
    "UPDATE rows SET seq = seq / 1000 WHERE seq > 999",
)
DROP_8 = ("DELETE FROM rows WHERE seq = 8", "UPDATE rows SET seq = seq - 1 WHERE seq > 8")
SIGNED_7 = "UPDATE checkpoints SET hash = (SELECT hash FROM rows WHERE seq = 7) WHERE seq = 8"
CHEAPER = "UPDATE rows SET payload = replace(payload, '20000', '200') WHERE seq = 3"


@pytest.mark.parametrize(
    ("statements", "chained_again", "says"),
    [
        ([CHEAPER], False, "row 3 was changed"),
        ([CHEAPER], True, "the rows up to 4 are not those that were signed"),
        (["DELETE FROM rows WHERE seq = 3"], False, "row 3 is missing"),
        (DROP_8, True, "the rows up to 8 are not those that were signed"),
        (SWAP, False, "row 2 was written as row 3: they were moved"),
        (SWAP, True, "the rows up to 4 are not those that were signed"),
        (["DELETE FROM rows WHERE seq > 9"], False, "the rows end at 9, the head says 10"),
        (["DELETE FROM rows WHERE seq > 7"], True, "row 8 was signed, and the rows end at 7: the end was cut off"),
        (["DELETE FROM rows"], True, "row 8 was signed, and the rows end at 0: the end was cut off"),
        (["UPDATE checkpoints SET signature = 'ab' WHERE seq = 4"], False, "the signature below row 4 is not this station's"),
        (["UPDATE checkpoints SET signature = 'no hex' WHERE seq = 8"], False, "the signature below row 8 is not this station's"),
        ([SIGNED_7], False, "the signature below row 8 is not this station's"),
        (["UPDATE checkpoints SET seq = 7 WHERE seq = 8"], False, "the signature below row 7 is not this station's"),
    ],
)  # fmt: skip
def test_forgery_is_told(path: Path, keys: KeyStore, statements: list[str], chained_again: bool, says: str) -> None:
    forge(path, keys, *statements)
    if chained_again:
        chain_again(path, keys)
    assert told(path, keys) == says
    opened = Journal.open(path, STATION, keys)
    # Opening looks at the last signature alone: it holds all rows before it, and 4 is an earlier one.
    assert (opened.quarantined is not None) == ("below row 4" not in says)
    opened.close()


def test_rows_behind_the_last_signature_are_held_by_the_chain_alone(path: Path, keys: KeyStore) -> None:
    """The honest limit: until its end a visit can be cut off by whoever has the cipher's key; the head kept elsewhere shows it."""
    with looking(path, STATION, keys) as book:
        kept = book.head()
    forge(path, keys, "DELETE FROM rows WHERE seq > 8")
    chain_again(path, keys)
    assert told(path, keys) == ""
    with looking(path, STATION, keys) as book:
        assert book.head() != kept


@pytest.mark.parametrize("table", ["rows", "header", "checkpoints"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid"])
def test_sql_alone_changes_nothing(path: Path, keys: KeyStore, table: str, statement: str) -> None:
    connection = apsw.Connection(str(path))
    connection.pragma("key", f"raw:{keys.cipher_key().hex()}")
    with pytest.raises(apsw.ConstraintError):
        connection.execute(statement.format(table))
    connection.close()


def test_a_file_of_another_station_key_does_not_pass(path: Path, keys: KeyStore) -> None:
    class Copied:
        """The disk's cipher key is known, the signing key is not."""

        cipher_key = staticmethod(keys.cipher_key)
        public_key = staticmethod(given_keys(path.parent, 2).public_key)
        sign = staticmethod(given_keys(path.parent, 2).sign)

    with pytest.raises(BrokenChain, match="not of this station"), looking(path, STATION, Copied()):
        pass


@pytest.mark.parametrize("act", [lambda book: book.append(CardRead(reader="r")), lambda book: book.outbox.acknowledge([1])])
def test_who_looks_changes_nothing(path: Path, keys: KeyStore, act: Callable[[Ledger], object]) -> None:
    with looking(path, STATION, keys) as book, pytest.raises(apsw.ReadOnlyError):
        act(book)


async def test_one_can_look_while_a_process_serves(path: Path, keys: KeyStore) -> None:
    serving = Journal.open(path, STATION, keys)
    with looking(path, STATION, keys) as book:
        await serving.write(CardRead(reader="r"))
        assert len(list(book.rows())) == 10  # the moment it began to look
    with looking(path, STATION, keys) as book:
        assert len(list(book.rows())) == 11
    serving.close()
