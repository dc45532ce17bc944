"""What every test stands on: no screen, the software renderer, one sandbox for the whole run."""

from __future__ import annotations

import os

# Before anything imports Qt: CI and the GPU-less kiosk draw in software.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ.setdefault("OMP_NUM_THREADS", "2")

from collections.abc import Iterator
from pathlib import Path

import pydantic.fields  # noqa: F401 - before Qt: PySide's import hook looks into modules, and pydantic's lazy ones fail under that look
import pytest

from kiosk.sandbox.process import Sandbox

TESTS = Path(__file__).parent
ON_WIRES = {"audit", "backoffice", "devices", "http", "journeys", "payments", "sandbox", "screens", "speech", "technician", "world"}
PROCESSES = {"test_demo.py", "test_supervisor.py", "test_tour.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for a wire, a window or a process gets one second try, named in the summary (docs/decisions/0045); the rest none."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in ON_WIRES | PROCESSES:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def the_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    sandbox = Sandbox.start(tmp_path_factory.mktemp("sandbox"), latency=0)
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(the_sandbox: Sandbox) -> Iterator[Sandbox]:
    """The back office of the run, with all switches as they should be."""
    the_sandbox.reset()
    yield the_sandbox
    the_sandbox.reset()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"
