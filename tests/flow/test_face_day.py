"""Not recognised three times in a row: the face rests; six times: until tomorrow. Nobody's number lies about for it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk import items
from kiosk.flow.face_day import IN_A_DAY, FaceDay
from kiosk.journal import Journal
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.session import Session
from kiosk.model.zone import CHINA
from kiosk.people import citizens

ONE, OTHER = (citizens()[id].card for id in ("c01", "c02"))


class Day:
    """A terminal whose processes come and go while the clock goes on."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "face-day.json"
        self.now = datetime(2026, 11, 26, 10, 0, tzinfo=CHINA)
        self.journal = Journal.open(folder / "journal.db", "XM0001")
        self.face_day = self.process()

    def process(self) -> FaceDay:
        self.face_day = FaceDay(self.path, lambda: self.now)
        return self.face_day

    async def looked(self, times: int, *, recognised: bool = False, person=ONE) -> None:
        item = items.read(items.folder() / "hrss" / "hrss-insurance-cert.toml")
        for _ in range(times):
            await self.face_day.judged(Session(visit="V-1", item=item, person=person), recognised=recognised, journal=self.journal)

    async def rests(self, person=ONE) -> bool:
        try:
            await self.face_day.admit(person)
        except Fault as fault:
            assert (fault.code, fault.remedy) == ("identity.face_paused", Remedy.OTHER_WAY)
            return True
        return False

    @property
    def paused(self) -> list[int]:
        return [event.failures for event in self.journal.read() if isinstance(event, events.FacePaused)]


@pytest.fixture
def day(tmp_path):
    made = Day(tmp_path)
    yield made
    made.journal.close()


async def test_three_in_a_row_rest_five_minutes_across_visits(day):
    await day.looked(2)
    assert not await day.rests()
    day.process()
    await day.looked(1)
    day.process()
    assert await day.rests()
    assert not await day.rests(OTHER)
    day.now += timedelta(minutes=6)
    assert not await day.rests()
    assert day.paused == [3]


async def test_six_a_day_rest_until_tomorrow(day):
    for _ in range(IN_A_DAY):
        await day.looked(1)
        day.now += timedelta(hours=1)
    assert await day.rests()
    assert day.paused == [3, 6]
    day.now += timedelta(days=1)
    assert not await day.rests()
    assert not day.path.exists()


async def test_who_is_recognised_begins_anew(day):
    await day.looked(2)
    await day.looked(1, recognised=True)
    await day.looked(2)
    assert not await day.rests()
    assert day.paused == []


async def test_a_clock_set_back_is_no_way_out(day):
    await day.looked(3)
    day.now -= timedelta(minutes=2)
    assert await day.rests()


async def test_what_is_kept_names_nobody_and_goes_with_its_day(day):
    await day.looked(3)
    await day.looked(1, person=OTHER)
    kept = day.path.read_text()
    assert day.path.stat().st_mode & 0o777 == 0o600
    for card in (ONE, OTHER):
        assert card.id_number not in kept and card.name not in kept
    first = json.loads(kept)
    assert sorted(often for often, _ in first["failed"].values()) == [1, 3]
    day.now += timedelta(days=1)
    day.process().begin()
    assert not day.path.exists()
    await day.looked(1)
    then = json.loads(day.path.read_text())
    assert then["key"] != first["key"]
    assert not set(then["failed"]) & set(first["failed"])


NO_DAY = (b"", b"{", b"[]", b'{"day": "2026-11-26", "key": "xyz", "failed": {}}', b'{"day": "2026-11-26", "key": "00", "failed": 3}')


@pytest.mark.parametrize("kept", NO_DAY)
async def test_a_file_that_is_none_of_ours_begins_a_new_day(day, kept):
    day.path.write_bytes(kept)
    assert not await day.rests()
    await day.looked(3)
    assert await day.rests()


async def test_a_disk_that_takes_nothing_still_counts_this_visit(day, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr("kiosk.flow.face_day.log.error", lambda event, **fields: said.append(event))
    day.path = tmp_path / "not there" / "face-day.json"
    day.process()
    await day.looked(3)
    assert await day.rests()
    assert said == ["face.day_lost"] * 3


async def test_somebody_not_known_by_any_number_is_not_counted(day):
    await day.looked(3, person=None)
    assert day.paused == []
    await day.face_day.admit(None)
