"""The UPS behind upsd: the simulator, the driver alone against hostile answers, and Debian's own upsd where it is installed."""

from __future__ import annotations

import socket
import threading

import pytest
from upsd import RealUps, there

from kiosk.devices.power.nut import NutPower
from kiosk.devices.power.simulated import PASSWORD, UPS, USER, PowerSimulator, SimulatedPower
from kiosk.model.faults import Fault
from kiosk.testing.power import PowerContract
from kiosk.testing.simulator import SimulatorContract


@pytest.fixture
def upsd():
    simulator = PowerSimulator()
    simulator.start()
    yield simulator
    simulator.stop()


def driver(simulator: PowerSimulator, **more: str) -> NutPower:
    host, _, port = simulator.wire.rpartition(":")
    return NutPower(host=host, port=int(port), ups=UPS, **more)


class TestDriver(PowerContract):
    @pytest.fixture
    def world(self, upsd):
        return upsd

    @pytest.fixture
    def power(self, upsd):
        return driver(upsd)


class TestSimulatedPower(PowerContract):
    @pytest.fixture
    def world(self, upsd):
        return upsd

    @pytest.fixture
    def power(self, upsd):
        return SimulatedPower(wire=upsd.wire)


class TestSimulator(SimulatorContract):
    @pytest.fixture
    def kind(self):
        return PowerSimulator


@pytest.mark.skipif(there() != "", reason=there() or "nut-server is here")
class TestRealUpsd(PowerContract):
    """dummy-ups and upsd of Debian: nobody here wrote them."""

    @pytest.fixture
    def world(self, tmp_path):
        real = RealUps(tmp_path)
        real.start_upsd()
        yield real
        real.close()

    @pytest.fixture
    def power(self, world):
        return NutPower(port=world.port, ups="dummy")


async def test_the_battery_test_needs_an_account_and_tells_the_truth(upsd):
    nobody, us, wrong = driver(upsd), driver(upsd, username=USER, password=PASSWORD), driver(upsd, username=USER, password="x")
    try:
        for device in (nobody, us, wrong):
            await device.open()
        for device in (nobody, wrong):
            with pytest.raises(Fault) as fault:
                await device.test()
            assert fault.value.code == "power.refused"
            assert PASSWORD not in str(fault.value) and "PASSWORD" not in str(fault.value)
            assert device.health.state.usable, "it still tells how it is"
        assert await us.test()
        upsd.wear_battery()
        assert not await us.test()
    finally:
        for device in (nobody, us, wrong):
            await device.close()
            device.lane.close()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "power.absent"),
        (b"ERR DRIVER-NOT-CONNECTED\n", "power.absent"),
        (b"ERR DATA-STALE\n", "power.absent"),
        (b"ERR UNKNOWN-UPS\n", "power.absent"),
        (b"ERR ACCESS-DENIED\n", "power.refused"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "power.garbage"),
        (b"BEGIN LIST VAR ups\nVAR ups ups.status \xff\xfe\nEND LIST VAR ups\n", "power.garbage"),
        (b"BEGIN LIST VAR ups\nVAR ups\nEND LIST VAR ups\n", "power.garbage"),
        (b"BEGIN LIST VAR ups\n" + b"x" * 200_000, "power.garbage"),
        (b'BEGIN LIST VAR ups\nVAR ups battery.charge "50"\nEND LIST VAR ups\n', "power.absent"),
        (b'BEGIN LIST VAR ups\nVAR ups ups.status "OL"\n', "power.absent"),  # cut before its end
    ],
)
async def test_no_answer_raises_anything_but_a_fault(answer, code):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            while True:  # aionut asks a second time where the line was closed
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line:
                    line.recv(200)
                    line.sendall(answer)
                    line.shutdown(socket.SHUT_WR)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        device = NutPower(port=listener.getsockname()[1])
        with pytest.raises(Fault) as fault:
            await device.open()
        assert fault.value.code == code
        assert not device.health.state.usable
        await device.close()
        device.lane.close()
        listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
        thread.join(30)
        assert not thread.is_alive()


async def test_figures_that_are_none_are_not_told(upsd, monkeypatch):
    was = upsd.variables
    monkeypatch.setattr(upsd, "variables", lambda: {**was(), "battery.charge": "nan", "battery.runtime": "soon"})
    device = driver(upsd)
    await device.open()
    supply = await device.look()
    assert (supply.charge, supply.runtime) == (None, None)
    await device.close()
    device.lane.close()
