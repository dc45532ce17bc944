"""MEMORY: what was intended and what became of it, append-only, chained, on disk before anybody acts on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import apsw

from kiosk.journal import ledger
from kiosk.journal.chain import BrokenChain, Row
from kiosk.journal.keys import KeyStore, NoKey, station_keys
from kiosk.journal.ledger import STATION, Ledger, looking
from kiosk.journal.personal import refuse_personal
from kiosk.journal.unsettled import Unsettled, unsettled
from kiosk.late import to_its_end
from kiosk.model.events import EVENTS, Event, VisitStarted, VolunteerCalled
from kiosk.model.faults import Fault, Remedy

__all__ = ["BrokenChain", "Journal", "KeyStore", "NoKey", "Row", "Unsettled", "looking", "station_keys"]

T = TypeVar("T")


class Journal:
    """One file, one connection, one thread. Faults: `journal.unwritable` CLOSE: the terminal must not take money any more.

    `quarantined` is where a damaged predecessor was moved to and `damage` what was wrong with it; None and "" in the good case.
    """

    def __init__(self, path: Path, station: str, keys: KeyStore | None = None) -> None:
        self.path = path
        self.station = station
        self.quarantined: Path | None = None
        self.damage = ""
        self._keys = keys
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._ledger: Ledger | None = None
        self._dead = False

    @classmethod
    def open(cls, path: Path, station: str, keys: KeyStore | None = None) -> Journal:
        """The journal at `path`, made if there is none; blocks while it is checked from end to end.

        A damaged file (also: another key) is moved aside as `<name>.quarantined-<utc>` and a new journal begins.
        `station` (at most 16 of A-Z a-z 0-9 -) begins every visit id. With `keys` the file is encrypted and its checkpoints are
        signed. Raises Fault("journal.unwritable", CLOSE), also for a key that cannot be read; ValueError for a station that
        cannot be part of an order number.
        """
        if not STATION.fullmatch(station):
            raise ValueError(f'station "{station}" is not 1 to 16 letters, digits and hyphens')
        journal = cls(path, station, keys)
        try:
            journal._thread.submit(journal._connect).result()
        except BaseException:
            journal._thread.shutdown()
            raise
        return journal

    async def write(self, event: Event) -> int:
        """Appends `event` and returns its number once it will survive a power cut. Raises Fault("journal.unwritable", CLOSE)."""
        _check(event)
        return await self._in_time(lambda book: book.append(event))

    async def begin(self, item: str) -> str:
        """Writes VisitStarted and returns the id of the new visit: `<station>-<epoch>-<number>`, at most 29 characters.

        Every order number and key is a pure function of it (J9). The epoch is new with each file, so no id comes twice.
        """
        _check(VisitStarted(item=item))

        def start(book: Ledger) -> str:
            visit = f"{self.station}-{book.epoch}-{book.head()[0] + 1:06d}"
            book.append(VisitStarted(visit=visit, item=item))
            return visit

        return await self._in_time(start)

    async def call(self, visit: str, *, view: str, item: str, language: str) -> str:
        """Writes VolunteerCalled and returns the number of the call: `<station>-<epoch>-H<number>`."""
        event = VolunteerCalled(visit=visit, view=view, item=item, language=language)
        _check(event)
        return await self._in_time(lambda book: f"{self.station}-{book.epoch}-H{book.append(event):06d}")

    def read(self) -> Iterator[Event]:
        """All events in order. Raises BrokenChain at the first row that is not what was written."""
        return (row.event for row in self.rows())

    def rows(self) -> tuple[Row, ...]:
        """All rows with their numbers and times. Raises BrokenChain."""
        return self._now(lambda book: tuple(book.rows()))

    def unsettled(self) -> tuple[Unsettled, ...]:
        """What is open: after a crash, what must be asked about before the next payment is offered (J5)."""
        return unsettled(self.read())

    def salvaged(self) -> tuple[Event, ...]:
        """What the newest damaged predecessor can still prove: its rows up to the first that is not what was written. () if none."""
        aside = sorted(path for path in self.path.parent.glob(f"{self.path.name}.quarantined-*Z") if path.is_file())
        found: list[Event] = []
        if aside:
            with suppress(*ledger.DAMAGE, NoKey, OSError, apsw.Error), looking(aside[-1], self.station, self._keys) as book:
                for row in book.rows():
                    found.append(row.event)  # noqa: PERF401 - what came before the break is kept
        return tuple(found)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last row: what an operations centre keeps to notice an old copy put back."""
        return self._now(lambda book: book.head())

    def outbox(self, limit: int) -> tuple[Row, ...]:
        """The oldest rows the operations centre has not acknowledged; told twice, it knows them by station, epoch and number."""
        return self._now(lambda book: book.pending(limit))

    async def acknowledge(self, *numbers: int) -> None:
        """The centre has these rows. Raises Fault("journal.unwritable", CLOSE)."""
        await self._in_time(lambda book: book.outbox.acknowledge(numbers))

    def close(self) -> None:
        """May be called twice; never raises."""
        if self._ledger is not None:
            book, self._ledger = self._ledger, None
            self._thread.submit(book.close).result()
        self._thread.shutdown()

    # --- in the thread ---

    def _connect(self) -> None:
        try:
            try:
                self._ledger = ledger.open_checked(self.path, self.station, self._keys)
            except ledger.DAMAGE as damage:
                self.damage = str(damage) if isinstance(damage, BrokenChain) else type(damage).__name__
                self.quarantined = _move_aside(self.path)
                self._ledger = ledger.open_checked(self.path, self.station, self._keys)
        except (OSError, NoKey, apsw.Error) as error:
            raise _unwritable(type(error).__name__) from None

    def _guarded(self, work: Callable[[Ledger], T]) -> T:
        if self._dead or self._ledger is None:
            raise _unwritable("closed")
        try:
            return work(self._ledger)
        except (OSError, apsw.Error) as error:
            # After a failed fsync nobody knows what is on disk, and a second try would lie: as good as a crash (F-71).
            self._dead = True
            raise _unwritable(type(error).__name__) from None

    def _appended(self, work: Callable[[Ledger], T]) -> T:
        try:
            return self._guarded(work)
        except BrokenChain:
            # Somebody changed the file under our hands: nothing may be chained to it any more.
            self._dead = True
            raise _unwritable("broken chain") from None

    # --- from outside into the thread ---

    def _now(self, work: Callable[[Ledger], T]) -> T:
        if self._ledger is None:
            raise _unwritable("closed")
        return self._thread.submit(self._guarded, work).result()

    async def _in_time(self, work: Callable[[Ledger], T]) -> T:
        """Waits for the truth even when cancelled: a row that became durable must not be written again."""
        if self._ledger is None:
            raise _unwritable("closed")
        return await to_its_end(asyncio.get_running_loop().run_in_executor(self._thread, self._appended, work))


def _check(event: Event) -> None:
    """Only the events of model/events.py, and nothing in them that could be a person. TypeError, ValueError: bugs."""
    if EVENTS.get(type(event).__name__) is not type(event):
        raise TypeError(f"{type(event).__name__} is not an event of the journal")
    refuse_personal(event)


def _unwritable(why: str) -> Fault:
    return Fault("journal.unwritable", Remedy.CLOSE, why)


def _move_aside(path: Path) -> Path:
    """Journal, log and index together: evidence is kept, and the new journal meets no stranger's log. Raises OSError."""
    aside = path.with_name(f"{path.name}.quarantined-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
    for ending in ("", "-wal", "-shm", "-journal"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside
