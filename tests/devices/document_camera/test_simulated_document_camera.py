"""The simulated document camera and the hands on its desk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kiosk.devices.document_camera import DocumentCamera
from kiosk.devices.document_camera.opencv import OpenCvDocumentCamera
from kiosk.devices.document_camera.simulated import DocumentCameraSimulator, SimulatedDocumentCamera
from kiosk.levers import WrongLever, levers, pull
from kiosk.model.faults import Fault
from kiosk.model.health import State
from kiosk.testing.document_camera import DocumentCameraContract, Hands


def desk(camera: DocumentCamera) -> DocumentCameraSimulator:
    assert isinstance(camera, SimulatedDocumentCamera)
    assert camera.simulator is not None
    return camera.simulator


class TestSimulatedDocumentCamera(DocumentCameraContract):
    def make(self, folder: Path) -> DocumentCamera:
        return SimulatedDocumentCamera(paper="lease")

    def hands(self, camera: DocumentCamera) -> Hands:
        return {
            "document_camera.absent": (desk(camera).unplug, desk(camera).plug_in),
            "document_camera.frozen": (desk(camera).freeze, lambda: desk(camera).lay_page("proof")),
        }

    def mess(self, camera: DocumentCamera) -> Hands:
        hands = desk(camera)
        again = lambda: hands.lay_page("lease")  # noqa: E731
        return {
            "none": (hands.take_away, again),
            "tilted": (hands.tilt, lambda: hands.tilt(False)),
            "glare": (hands.glare, lambda: hands.glare(False)),
            "blurred": (hands.blur, lambda: hands.blur(False)),
            "edge": (hands.push_aside, again),
        }


async def test_somebody_else_can_change_what_lies_there_while_the_camera_runs(tmp_path: Path) -> None:
    wire = tmp_path / "desk"
    dock = DocumentCameraSimulator(wire, "lease")
    camera = SimulatedDocumentCamera(wire=str(wire))
    assert camera.simulator is None
    await camera.open()
    lease = (await camera.page()).jpeg
    dock.lay_page("diploma")
    diploma = (await camera.page()).jpeg
    assert lease and diploma and lease != diploma
    dock.take_away()
    assert (await camera.page()).jpeg == b""
    await camera.close()
    assert {one.name for one in tmp_path.iterdir()} == {"desk", "desk.desk.avi"}, "scenes before are thrown away"


async def test_a_page_is_straight_however_it_lay() -> None:
    camera = SimulatedDocumentCamera(paper="lease")
    await camera.open()
    straight = (await camera.page()).picture
    desk(camera).tilt()
    bent = await camera.page()
    await camera.close()
    for picture in (straight, bent.picture):
        assert picture[2:-2, 2].mean() > 180 and picture[2:-2, -3].mean() > 180, "paper up to the edges, no desk"
    assert straight.shape[0] / straight.shape[1] == pytest.approx(1.414, abs=0.06)


async def test_papers_may_be_changed_while_the_plug_is_out(tmp_path: Path) -> None:
    wire = tmp_path / "desk"
    hands = DocumentCameraSimulator(wire)
    camera = SimulatedDocumentCamera(wire=str(wire))
    await camera.open()
    hands.unplug()
    hands.unplug()
    hands.lay_page("proof")
    with pytest.raises(Fault) as caught:
        await camera.open()
    assert caught.value.code == "document_camera.absent"
    assert camera.health.state is State.ABSENT
    hands.plug_in()
    hands.plug_in()
    await camera.open()
    assert (await camera.look()).hint == ""
    await camera.close()


async def test_a_camera_that_is_not_there_is_absent() -> None:
    camera = OpenCvDocumentCamera(device="/dev/no-such-camera")
    with pytest.raises(Fault) as caught:
        await camera.open()
    assert caught.value.code == "document_camera.absent"
    await camera.close()


def test_a_paper_nobody_drew_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongLever, match="there are: lease"):
        pull(DocumentCameraSimulator(tmp_path / "desk"), "lay_page", "banknote")


def test_its_levers_are_the_hands_of_the_dock(tmp_path: Path) -> None:
    assert set(levers(DocumentCameraSimulator(tmp_path / "desk"))) == {
        "lay_page", "take_away", "tilt", "glare", "blur", "push_aside", "freeze", "unplug", "plug_in", "occupy", "vacate",
    }  # fmt: skip


def test_a_camera_of_its_own_takes_its_folder_away() -> None:
    camera = SimulatedDocumentCamera()
    folder = desk(camera).link.parent
    assert folder.is_dir()
    del camera
    assert not folder.exists()


async def test_the_edges_are_drawn_for_the_glass() -> None:
    camera = SimulatedDocumentCamera(paper="lease")
    await camera.open()
    with_page = (await camera.look()).picture.astype(int)
    desk(camera).take_away()
    bare = (await camera.look()).picture.astype(int)
    await camera.close()
    green = lambda picture: int(((picture[:, :, 1] - picture[:, :, 0] > 40) & (picture[:, :, 1] - picture[:, :, 2] > 60)).sum())  # noqa: E731
    assert green(with_page) > 1000 > green(bare)
    assert np.array(with_page).shape[0] <= 600
