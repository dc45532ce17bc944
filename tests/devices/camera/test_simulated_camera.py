"""The simulated camera and the hands before it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kiosk.devices.camera import Camera
from kiosk.devices.camera.simulated import CameraSimulator, SimulatedCamera
from kiosk.levers import levers
from kiosk.model.faults import Fault
from kiosk.model.health import State
from kiosk.testing.camera import CameraContract, Hands, frames_until_fault


class TestSimulatedCamera(CameraContract):
    def make(self, folder: Path) -> Camera:
        return SimulatedCamera(citizen="c01")

    def hands(self, camera: Camera) -> Hands:
        assert isinstance(camera, SimulatedCamera)
        hands = camera.simulator
        assert hands is not None
        return {
            "camera.absent": (hands.unplug, hands.plug_in),
            "camera.frozen": (hands.freeze, lambda: hands.show("c02")),
            "camera.black": (hands.cover_lens, lambda: hands.show("")),
            "camera.overexposed": (hands.overexpose, lambda: hands.show("c04")),
            "camera.wrong_colours": (hands.break_colours, lambda: hands.show("c05")),
            "camera.slow": (hands.slow_down, lambda: hands.show("c06")),
        }


async def test_somebody_else_can_change_who_stands_there_while_the_camera_runs(tmp_path: Path) -> None:
    wire = tmp_path / "camera"
    CameraSimulator(wire, "c01")
    camera = SimulatedCamera(wire=str(wire))
    dock = CameraSimulator(wire)  # as the dev dock does in its own process: it keeps what is there
    await camera.open()
    woman = await camera.frame()
    dock.show("c06")
    man = await camera.frame()
    dock.show("")
    nobody = await camera.frame()
    await camera.close()
    assert woman.shape == man.shape == nobody.shape == (480, 640, 3)
    assert np.abs(woman.astype(int) - man).mean() > 10
    assert np.abs(man.astype(int) - nobody).mean() > 10


async def test_the_film_is_a_loop() -> None:
    camera = SimulatedCamera()  # nobody: 15 frames
    await camera.open()
    for _ in range(20):
        assert (await camera.frame()).mean() > 100
    await camera.close()


async def test_people_may_come_and_go_while_the_plug_is_out(tmp_path: Path) -> None:
    wire = tmp_path / "camera"
    hands = CameraSimulator(wire, "c01")
    camera = SimulatedCamera(wire=str(wire))
    await camera.open()
    hands.unplug()
    hands.unplug()
    hands.show("c06")
    assert (await frames_until_fault(camera)).code == "camera.absent"
    with pytest.raises(Fault) as caught:
        await camera.open()
    assert caught.value.code == "camera.absent"
    assert camera.health.state is State.ABSENT
    hands.plug_in()
    hands.plug_in()
    await camera.open()
    assert (await camera.frame()).any()
    assert "c06" in str(wire.resolve())
    await camera.close()


async def test_a_hand_before_the_lens_is_no_fault_when_it_is_gone_at_once() -> None:
    camera = SimulatedCamera(citizen="c03")
    assert camera.simulator is not None
    await camera.open()
    for _ in range(3):
        camera.simulator.cover_lens()
        assert (await camera.frame()).mean() < 8
        camera.simulator.show("c03")
        assert (await camera.frame()).mean() > 8
    assert camera.health.state is State.READY
    await camera.close()


async def test_a_frozen_camera_gives_no_more_frames_until_it_is_opened_again() -> None:
    camera = SimulatedCamera(citizen="c03")
    assert camera.simulator is not None
    await camera.open()
    camera.simulator.freeze()
    assert (await frames_until_fault(camera)).code == "camera.frozen"
    with pytest.raises(Fault) as caught:
        await camera.frame()
    assert caught.value.code == "camera.frozen"
    assert camera.preview.copy_to(None) is None
    await camera.close()


def test_its_levers_are_the_hands_of_the_dock(tmp_path: Path) -> None:
    assert set(levers(CameraSimulator(tmp_path / "camera"))) == {
        "show", "step_away", "show_two", "freeze", "unplug", "plug_in", "occupy", "vacate",
        "cover_lens", "overexpose", "break_colours", "slow_down", "hold_still", "follow",
        "hold_photo", "wave_photo", "hold_picture", "replay_visit", "replay_moves", "inject", "open_blinds", "close_blinds",
    }  # fmt: skip


def test_a_camera_of_its_own_takes_its_folder_away() -> None:
    camera = SimulatedCamera()
    assert camera.simulator is not None
    folder = camera.simulator.link.parent
    assert folder.is_dir()
    del camera
    assert not folder.exists()
