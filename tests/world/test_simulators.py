"""Every installed simulator keeps the contract: what its levers do, its own `stands()` tells."""

from __future__ import annotations

import pytest

from kiosk import plugins
from kiosk.devices.simulator import Simulator
from kiosk.testing.simulator import SimulatorContract


class TestEverySimulator(SimulatorContract):
    @pytest.fixture(params=sorted(plugins.offered(plugins.SIMULATORS)))
    def kind(self, request: pytest.FixtureRequest) -> type[Simulator]:
        found: type[Simulator] = plugins.load(plugins.SIMULATORS, request.param)
        return found


def test_every_simulated_driver_has_its_other_end():
    simulated = {name for name in plugins.offered(plugins.DRIVERS) if name.endswith(".simulated")}
    assert simulated <= set(plugins.offered(plugins.SIMULATORS))
