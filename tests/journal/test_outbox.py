"""What waits for the operations centre: everything until it is acknowledged, telemetry alone is ever given up (F-40)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.journal import Journal, outbox
from kiosk.model.events import EVENTS, Consented, Paid, Rated, VisitEnded

STATION = "XM-SM-0001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def waiting(journal: Journal, limit: int = 1000) -> list[int]:
    return [row.seq for row in journal.outbox(limit)]


async def test_a_row_waits_until_it_is_acknowledged_also_over_a_restart(path: Path) -> None:
    journal = Journal.open(path, STATION)
    visit = await journal.begin("traffic-fine-pay")
    for level in (1, 2, 3):
        await journal.write(Rated(visit=visit, level=level))
    assert waiting(journal) == [1, 2, 3, 4] and waiting(journal, 2) == [1, 2]
    assert journal.outbox(9) == journal.rows()
    await journal.acknowledge(1, 3)
    await journal.acknowledge(3, 77)  # told twice, and of a row nobody knows
    assert waiting(journal) == [2, 4]
    journal.close()
    journal = Journal.open(path, STATION)
    assert waiting(journal) == [2, 4]
    assert len(journal.rows()) == 4  # the journal itself keeps everything
    journal.close()


async def test_rows_that_are_too_many_cost_the_oldest_telemetry(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "ROWS", 4)
    journal = Journal.open(path, STATION)
    await journal.write(Rated(level=1))  # 1
    await journal.write(Consented(purpose="card", wording="1"))  # 2
    await journal.write(Rated(level=2))  # 3
    await journal.write(Paid(order_no="P", amount_fen=1))  # 4
    assert waiting(journal) == [1, 2, 3, 4]
    await journal.write(Rated(level=3))
    assert waiting(journal) == [2, 3, 4, 5]
    journal.close()
    journal = Journal.open(path, STATION)  # counted again
    for _ in range(3):
        await journal.write(Paid(order_no="P", amount_fen=1))
    assert waiting(journal) == [2, 4, 6, 7, 8]  # money and evidence stay, though they are more than the bound
    await journal.write(Rated(level=4))
    assert waiting(journal) == [2, 4, 6, 7, 8]
    assert len(journal.rows()) == 9
    journal.close()


async def test_bytes_that_are_too_many_cost_telemetry_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BYTES", 60)
    journal = Journal.open(path, STATION)
    await journal.write(Rated(level=1))
    await journal.write(VisitEnded(ending="served"))
    assert waiting(journal) == [1, 2]
    await journal.write(VisitEnded(ending="served"))
    assert waiting(journal) == [2, 3]
    journal.close()


def test_money_and_evidence_are_never_telemetry() -> None:
    assert [name for name, event in EVENTS.items() if event.telemetry] == [
        "CardLeft", "FacePaused", "Rated", "TouchStuck", "DailyChecked", "PollAnswered",
        "VolunteerCalled", "VolunteerAnswered", "OfficerAdvised", "VolunteerCallEnded", "CallClimbed",
    ]  # fmt: skip
