"""What every camera must keep: inherit `CameraContract` and say how to make yours."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from kiosk.devices.camera import Camera, Frame
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State

Hands = Mapping[str, tuple[Callable[[], None], Callable[[], None]]]
"""Fault code → (how to bring it about, how to mend it)."""

BY_HAND = {"camera.black", "camera.overexposed"}  # the person before the camera can mend these, by trying again
ENOUGH = 200  # frames, after which a fault should have been noticed


async def frames_until_fault(camera: Camera) -> Fault:
    for _ in range(ENOUGH):
        try:
            await camera.frame()
        except Fault as fault:
            return fault
    raise AssertionError(f"{ENOUGH} frames without a fault")


class CameraContract(ABC):
    @abstractmethod
    def make(self, folder: Path) -> Camera:
        """A camera that would see something, not opened yet. `folder` is empty and yours."""

    def hands(self, camera: Camera) -> Hands:
        """Faults that a test can bring about, on an opened camera. None for hardware without hands."""
        return {}

    @pytest.fixture
    async def camera(self, tmp_path: Path) -> AsyncIterator[Camera]:
        camera = self.make(tmp_path)
        await camera.open()
        yield camera
        await camera.close()

    async def test_is_ready_after_open(self, camera: Camera) -> None:
        assert camera.kind == "camera"
        assert camera.name
        assert camera.health.state is State.READY

    async def test_frames_are_colour_pictures_of_one_size(self, camera: Camera) -> None:
        first, second = await camera.frame(), await camera.frame()
        assert first.dtype == np.uint8
        assert first.ndim == 3
        assert first.shape[2] == 3
        assert first.shape == second.shape

    async def test_a_frame_belongs_to_its_caller(self, camera: Camera) -> None:
        first = await camera.frame()
        kept = first.copy()
        second = await camera.frame()
        assert not np.shares_memory(first, second)
        assert np.array_equal(first, kept)

    async def test_the_preview_shows_the_newest_frame(self, camera: Camera) -> None:
        before = camera.preview.count
        frame = await camera.frame()
        seen = camera.preview.copy_to(None)
        assert camera.preview.count > before
        assert seen is not None
        assert np.array_equal(seen, frame)

    async def test_the_preview_is_one_buffer_for_good(self, camera: Camera) -> None:
        await camera.frame()
        buffer = camera.preview._frame
        for _ in range(5):
            await camera.frame()
        await camera.close()
        await camera.open()
        await camera.frame()
        assert buffer is not None
        assert camera.preview._frame is buffer

    async def test_no_frame_has_the_bytes_of_the_one_before(self, camera: Camera) -> None:
        before = await camera.frame()
        for _ in range(20):
            frame = await camera.frame()
            assert not np.array_equal(frame, before)
            before = frame

    async def test_nothing_is_left_of_a_person_after_close(self, camera: Camera) -> None:
        await camera.frame()
        kept: Frame | None = camera.preview._frame
        await camera.close()
        assert kept is not None
        assert not kept.any()
        assert camera.preview.copy_to(None) is None

    async def test_close_never_raises(self, tmp_path: Path) -> None:
        camera = self.make(tmp_path)
        await camera.close()
        await camera.open()
        await camera.close()
        await camera.close()
        assert camera.health.state is State.DOWN

    async def test_opens_again_after_close(self, camera: Camera) -> None:
        await camera.close()
        await camera.open()
        assert (await camera.frame()).any()

    async def test_a_closed_camera_gives_no_frame(self, camera: Camera) -> None:
        await camera.close()
        with pytest.raises(Fault) as caught:
            await camera.frame()
        assert caught.value.code == "camera.absent"

    async def test_check_of_a_closed_camera_leaves_it_closed_and_forgets_what_it_saw(self, camera: Camera) -> None:
        await camera.close()
        report = await camera.check()
        assert report.health.state is State.READY
        assert report.facts["size"]
        assert camera.preview.copy_to(None) is None
        with pytest.raises(Fault):
            await camera.frame()

    async def test_a_loop_over_frames_ends_when_it_is_cancelled(self, camera: Camera) -> None:
        async def watch() -> None:
            while True:
                await camera.frame()

        watching = asyncio.create_task(watch())
        await asyncio.sleep(0)
        watching.cancel()
        done, _ = await asyncio.wait({watching}, timeout=30)
        assert done
        assert watching.cancelled()

    async def test_trouble_is_called_by_its_name_and_mended(self, camera: Camera) -> None:
        for code, (bring, mend) in self.hands(camera).items():
            await camera.frame()
            bring()
            fault = await frames_until_fault(camera)
            assert fault.code == code
            assert fault.remedy is (Remedy.RETRY if code in BY_HAND else Remedy.OTHER_WAY)
            assert not camera.health.state.usable
            assert camera.health.code == code
            mend()
            await camera.close()
            await camera.open()
            assert (await camera.frame()).any()
            assert camera.health.state is State.READY

    async def test_trouble_that_is_over_is_found_to_be_over_by_the_next_check(self, camera: Camera) -> None:
        for code, (bring, mend) in self.hands(camera).items():
            bring()
            await frames_until_fault(camera)
            assert (await camera.check()).health.code == code, "still there"
            mend()
            if camera.health.state is not State.ABSENT:  # that is for whoever opens devices
                assert (await camera.check()).health.state is State.READY
                assert (await camera.frame()).any()
            else:
                await camera.open()
