"""Pages as people lay them: turned, seen from aside, out of focus, under a lamp, half outside; all drawn here, none kept on a disk."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kiosk.devices.document_camera import Picture, finding
from kiosk.devices.document_camera.papers import A4, DESK, PAPERS, sheet

SIZE = (1600, 1200)


def laid(paper: str, degrees: float, lift: float = 0.0, aside: float = 0.0) -> tuple[Picture, np.ndarray]:
    """`paper` in the middle of the desk, turned, its far edge nearer to the lens by the share `lift`; and where its corners are."""
    half = np.array(A4) * 0.3
    corners = np.array([[-1 - lift, -1], [1 + lift, -1], [1, 1], [-1, 1]]) * half
    turn = np.radians(degrees)
    corners = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + np.array(SIZE) / 2 + [aside, 0]
    onto = cv2.getPerspectiveTransform(np.array([[0, 0], [A4[0], 0], A4, [0, A4[1]]], np.float32), corners.astype(np.float32))
    picture = np.full((SIZE[1], SIZE[0], 3), DESK, np.uint8)
    cv2.warpPerspective(sheet(paper), onto, SIZE, dst=picture, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    return picture, corners


def alike(page: Picture, paper: str) -> float:
    """Correlation with the sheet as it was drawn, small print left out."""
    small = [cv2.resize(cv2.cvtColor(one, cv2.COLOR_BGR2GRAY), (100, 141), interpolation=cv2.INTER_AREA) for one in (page, sheet(paper))]
    return float(np.corrcoef(small[0].ravel(), small[1].ravel())[0, 1])


@pytest.mark.parametrize("paper", sorted(PAPERS))
@pytest.mark.parametrize("lift", [0.0, 0.07, 0.14])
@pytest.mark.parametrize("degrees", [-30, -12, 0, 7, 25])
def test_a_page_is_found_straightened_and_good_however_it_lies(paper: str, lift: float, degrees: float) -> None:
    picture, corners = laid(paper, degrees, lift)
    found = finding.find(picture)
    assert found is not None
    for corner in corners:
        assert np.linalg.norm(found - corner, axis=1).min() < 10
    assert finding.hint(picture, found) == ""
    assert alike(finding.straighten(picture, found), paper) > 0.7


@pytest.mark.parametrize("degrees", [-20, 0, 20])
def test_what_a_person_can_mend_is_named(degrees: float) -> None:
    picture, _ = laid("lease", degrees)
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), 4), np.uint8)
    lamp = np.zeros((SIZE[1], SIZE[0]), np.float32)
    cv2.circle(lamp, (SIZE[0] // 2, SIZE[1] // 2), 110, 220.0, -1)
    shining = np.asarray(np.clip(picture + cv2.GaussianBlur(lamp, (0, 0), 25)[:, :, None], 0, 255), np.uint8)
    lifted, _ = laid("lease", degrees, lift=0.3)
    outside, _ = laid("lease", degrees, aside=620)
    dim = np.asarray(picture * 0.22, np.uint8)
    said = [finding.hint(one, finding.find(one)) for one in (picture, blurred, shining, lifted, outside)]
    assert said == ["", "blurred", "glare", "tilted", "edge"]
    assert finding.hint(dim, finding.find(dim)) in ("dark", "none"), "never good"


def test_two_sheets_side_by_side_give_one_page() -> None:
    left, _ = laid("lease", 0, aside=-330)
    right, _ = laid("proof", 0, aside=330)
    both = np.maximum(left, right)
    found = finding.find(both)
    assert found is not None
    assert max(alike(finding.straighten(both, found), paper) for paper in ("lease", "proof")) > 0.7
