"""The technician's page: it fills the paper, and its code is read back."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.paper import sample

AT = datetime(2026, 11, 22, 11, 40, tzinfo=UTC)


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_it_reaches_both_edges_and_is_read_back(width: int, language: str) -> None:
    page = sample.test_page("XM0001", AT, language=language, width=width)
    assert (page.dtype, page.shape[1]) == (np.dtype(bool), width)
    assert page[:, 0].any() and page[:, -1].any()
    assert len(page) < 1400
    (code,) = zxingcpp.read_barcodes(Image.fromarray(~page).convert("L"))
    assert code.text == sample.code("XM0001", AT) == "KIOSK-TEST XM0001 20261122T114000"


def test_the_greys_are_as_black_as_they_say() -> None:
    page = sample.test_page("XM0001", AT)
    step = 576 // 7
    (top,) = [y for y in range(len(page) - 48) if page[y : y + 48, 6 * step : 7 * step].all() and not page[y, :step].all()][:1]
    for index, share in enumerate((10, 25, 40, 55, 70, 85, 100)):
        assert page[top : top + 48, index * step : (index + 1) * step].mean() == pytest.approx(share / 100, abs=0.04)
