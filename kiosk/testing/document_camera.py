"""What every document camera must keep: inherit `DocumentCameraContract` and say how to make yours."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.devices.document_camera import LARGEST_PAGE, DocumentCamera
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State

Hands = Mapping[str, tuple[Callable[[], None], Callable[[], None]]]
"""Fault code → (how to bring it about, how to mend it)."""

ENOUGH = 60  # frames, after which a fault should have been noticed


class DocumentCameraContract(ABC):
    @abstractmethod
    def make(self, folder: Path) -> DocumentCamera:
        """A camera above a desk with one page on it, lying well; not opened yet. `folder` is empty and yours."""

    def hands(self, camera: DocumentCamera) -> Hands:
        """Faults that a test can bring about, on an opened camera. None for hardware without hands."""
        return {}

    def mess(self, camera: DocumentCamera) -> Hands:
        """Hint → (how to bring it about, how to mend it), likewise."""
        return {}

    @pytest.fixture
    async def camera(self, tmp_path: Path) -> AsyncIterator[DocumentCamera]:
        camera = self.make(tmp_path)
        await camera.open()
        yield camera
        await camera.close()

    async def test_is_ready_after_open(self, camera: DocumentCamera) -> None:
        assert camera.kind == "document_camera" and camera.name
        assert camera.health.state is State.READY

    async def test_a_page_that_lies_well_is_seen_so(self, camera: DocumentCamera) -> None:
        sight = await camera.look()
        assert sight.hint == ""
        assert sight.picture.dtype == np.uint8 and sight.picture.ndim == 3 and sight.picture.shape[2] == 3

    async def test_a_picture_belongs_to_its_caller(self, camera: DocumentCamera) -> None:
        first = (await camera.look()).picture
        kept = first.copy()
        second = (await camera.look()).picture
        assert not np.shares_memory(first, second)
        assert np.array_equal(first, kept)

    async def test_a_page_is_one_upright_jpeg(self, camera: DocumentCamera) -> None:
        page = await camera.page()
        assert page.hint == ""
        assert page.jpeg[:2] == b"\xff\xd8" and len(page.jpeg) <= LARGEST_PAGE
        picture = cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        height, width = picture.shape[:2]
        assert max(height, width) >= 900, "small print must stay readable"
        shown = page.picture.shape
        assert abs(shown[1] / shown[0] - width / height) < 0.02, "the glass shows what is sent"

    async def test_what_is_wrong_is_said_and_mended(self, camera: DocumentCamera) -> None:
        for hint, (bring, mend) in self.mess(camera).items():
            bring()
            assert (await camera.look()).hint == hint
            page = await camera.page()
            assert page.hint == hint
            assert bool(page.jpeg) is (hint not in ("none", "edge")), "half a page is no page"
            mend()
            assert (await camera.look()).hint == ""

    async def test_close_never_raises(self, tmp_path: Path) -> None:
        camera = self.make(tmp_path)
        await camera.close()
        await camera.open()
        await camera.close()
        await camera.close()
        assert camera.health.state is State.DOWN

    async def test_a_closed_camera_sees_nothing_and_can_be_opened_again(self, camera: DocumentCamera) -> None:
        await camera.close()
        for attempt in (camera.look, camera.page):
            with pytest.raises(Fault) as caught:
                await attempt()
            assert caught.value.code == "document_camera.absent"
        await camera.open()
        assert (await camera.look()).picture.any()

    async def test_check_of_a_closed_camera_leaves_it_closed(self, camera: DocumentCamera) -> None:
        await camera.close()
        report = await camera.check()
        assert report.health.state is State.READY
        assert report.facts["size"]
        with pytest.raises(Fault):
            await camera.look()

    async def test_a_loop_over_looks_ends_when_it_is_cancelled(self, camera: DocumentCamera) -> None:
        async def watch() -> None:
            while True:
                await camera.look()

        watching = asyncio.create_task(watch())
        await asyncio.sleep(0)
        watching.cancel()
        done, _ = await asyncio.wait({watching}, timeout=30)
        assert done and watching.cancelled()

    async def test_trouble_is_called_by_its_name_and_mended(self, camera: DocumentCamera) -> None:
        for code, (bring, mend) in self.hands(camera).items():
            await camera.look()
            bring()
            fault = await _fault(camera)
            assert (fault.code, fault.remedy) == (code, Remedy.STAFF)
            assert not camera.health.state.usable
            assert camera.health.code == code
            mend()
            await camera.close()
            await camera.open()
            assert (await camera.look()).picture.any()
            assert camera.health.state is State.READY


async def _fault(camera: DocumentCamera) -> Fault:
    for _ in range(ENOUGH):
        try:
            await camera.look()
        except Fault as fault:
            return fault
    raise AssertionError(f"{ENOUGH} frames without a fault")
