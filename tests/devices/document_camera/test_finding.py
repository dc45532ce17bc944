"""Finding a page: turned, on a bright desk, crumpled by no camera; and what is no page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kiosk.devices.document_camera import LARGEST_PAGE, Picture, finding
from kiosk.devices.document_camera.papers import A4, PAPER, sheet


def scene(degrees: float, ground: int = 50, size: tuple[int, int] = (1600, 1200), scale: float = 0.6) -> tuple[Picture, np.ndarray]:
    """A lease in the middle of a desk of this grey, turned; and where its corners are."""
    desk = np.full((size[1], size[0], 3), ground, np.uint8)
    turn = cv2.getRotationMatrix2D((A4[0] / 2, A4[1] / 2), degrees, scale)
    turn[:, 2] += (size[0] / 2 - A4[0] / 2, size[1] / 2 - A4[1] / 2)
    cv2.warpAffine(sheet("lease"), turn, size, dst=desk, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    corners = np.array([[0, 0, 1], [A4[0], 0, 1], [A4[0], A4[1], 1], [0, A4[1], 1]], np.float64) @ turn.T
    return desk, corners


@pytest.mark.parametrize("degrees", [0, 3, -8, 15, 30, -40])
def test_a_turned_page_is_found_by_its_corners(degrees: float) -> None:
    picture, corners = scene(degrees)
    found = finding.find(picture)
    assert found is not None
    for corner in corners:
        assert np.linalg.norm(found - corner, axis=1).min() < 8
    assert finding.hint(picture, found) == ""


def test_a_page_on_a_bright_desk_is_found_by_its_edges() -> None:
    picture, corners = scene(5, ground=PAPER - 30)
    found = finding.find(picture)
    assert found is not None
    for corner in corners:
        assert np.linalg.norm(found - corner, axis=1).min() < 16


def test_a_slightly_turned_page_stays_upright() -> None:
    picture, _ = scene(8)
    found = finding.find(picture)
    assert found is not None
    page = finding.straighten(picture, found)
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    top, foot = grey[: len(grey) // 4], grey[-len(grey) // 8 :]
    assert page.shape[0] > page.shape[1]
    assert (top < 100).mean() > (foot < 100).mean() * 0.5, "the heading is at the top"


@pytest.mark.parametrize("picture", [
    np.zeros((1200, 1600, 3), np.uint8),
    np.full((1200, 1600, 3), 255, np.uint8),
    np.random.default_rng(1).integers(0, 255, (1200, 1600, 3), np.uint8),
    cv2.circle(np.full((1200, 1600, 3), 40, np.uint8), (800, 600), 400, (230, 230, 230), -1),
    cv2.rectangle(np.full((1200, 1600, 3), 40, np.uint8), (700, 500), (900, 640), (230, 230, 230), -1),  # a ticket
], ids=["dark", "white", "noise", "plate", "ticket"])  # fmt: skip
def test_what_is_no_page_is_none(picture: Picture) -> None:
    assert finding.hint(picture, finding.find(picture)) in ("none", "edge")


def test_little_light_is_said() -> None:
    picture, _ = scene(0, ground=5)
    dim = (picture * 0.22).astype(np.uint8)
    assert finding.hint(dim, finding.find(dim)) == "dark"


def test_a_page_of_noise_still_fits() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (2480, 1754, 3), np.uint8)
    assert len(finding.as_jpeg(noise)) <= LARGEST_PAGE


def test_the_sharper_of_two_is_known() -> None:
    grey = cv2.cvtColor(sheet("lease"), cv2.COLOR_BGR2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), 1.5)
    assert finding.sharpness(grey) > finding.sharpness(soft) > finding.sharpness(cv2.GaussianBlur(grey, (0, 0), 4))
