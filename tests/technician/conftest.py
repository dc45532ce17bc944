from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.technician.record import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "state") as opened:
        yield opened
