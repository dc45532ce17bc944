"""`kiosk journal`: verifies the chain and says what is unsettled, for a technician at a terminal."""

from __future__ import annotations

from pathlib import Path

from kiosk import config
from kiosk.journal import Journal


def main(path: Path) -> int:
    """Returns 0 when nothing is open, 1 when something is. The journal must not be in use by a serving process."""
    settings = config.load(path)
    place = settings.state / "journal.db"
    if not place.exists():
        print(f"{place}: no journal yet")
        return 0
    journal = Journal.open(place, settings.station.id)
    try:
        rows = sum(1 for _ in journal.read())
        open_ends = journal.unsettled()
    finally:
        journal.close()
    print(f"{place}: {rows} rows, chain intact, {len(open_ends)} unsettled")
    for one in open_ends:
        print(f"  {one}")
    return 1 if open_ends else 0
