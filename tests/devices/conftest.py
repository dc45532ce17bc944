"""A real sound server for those who play into it and those who listen: one for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.testing.pulse import Pulse


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pulse]:
    pulse = Pulse(tmp_path_factory.mktemp("pulse"))
    pulse.start()
    yield pulse
    pulse.stop()


@pytest.fixture
def pulse(server: Pulse, monkeypatch: pytest.MonkeyPatch) -> Pulse:
    """Running, and silent; a test may stop it."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{server.socket}")
    if not server.runs:
        server.start()
    if not server.falls_silent():
        server.stop()
        server.start()
        assert server.falls_silent()
    server.forget()
    return server
