"""Error rates on scores whose rates are known beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.evaluation.comparing import Compared
from kiosk.evaluation.plot import roc
from kiosk.evaluation.statistics import curve, equal, limit_at, measure, wilson


def test_wilson_is_the_published_interval() -> None:
    """Newcombe (1998), table I, method 3: 81 of 263 and 0 of 20."""
    rate = wilson(81, 263)
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.2553, 0.3662)
    rate = wilson(0, 20)
    assert (rate.value, rate.low, round(rate.high, 4)) == (0.0, 0.0, 0.1611)
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)


def test_a_threshold_lets_no_more_strangers_pass_than_it_may() -> None:
    impostor = np.arange(1, 1001) / 1000
    for fmr in (0.0, 0.001, 0.01, 0.5):
        passed = (impostor <= limit_at(impostor, fmr)).mean()
        assert passed == pytest.approx(fmr)
    assert (impostor <= limit_at(impostor, 0.0001)).sum() == 0, "a rate that so few cannot show is not taken for a free one"
    assert (impostor <= limit_at(impostor, 1.0)).all()


def test_separated_scores_have_no_error_and_mixed_ones_have_half() -> None:
    low, high = np.linspace(0.1, 0.3, 50), np.linspace(0.6, 0.9, 500)
    assert equal(low, high) == 0.0
    assert equal(high, high) == pytest.approx(0.5, abs=0.01)
    steps, fmr, fnmr = curve(low, high)
    assert (fmr[0], fnmr[-1]) == (0.0, 0.0)
    assert (np.diff(fmr) >= 0).all() and (np.diff(fnmr) <= 0).all() and (np.diff(steps) > 0).all()


def test_a_known_error_rate_is_found() -> None:
    genuine = np.concatenate([np.full(90, 0.2), np.full(10, 0.8)])
    impostor = np.concatenate([np.full(1, 0.1), np.full(999, 0.7)])
    result = measure(genuine, impostor, threshold=0.5)
    assert result.points[1].fnmr.value == pytest.approx(0.10)
    assert result.at is not None
    assert (result.at[1].value, result.at[2].value) == pytest.approx((0.001, 0.10))
    assert not result.points[1].resolved, "one stranger in a thousand is not seen among a thousand"


def test_people_are_drawn_anew_not_pairs() -> None:
    """All errors are one person's: drawing pairs would call that sure, drawing people does not."""
    own = np.repeat([f"p{n}" for n in range(10)], 20)
    genuine = np.where(own == "p0", 0.9, 0.1)
    pairs = np.array([(f"p{n}", f"p{m}") for n in range(10) for m in range(10) if n != m])
    impostor = np.full(len(pairs), 0.8)
    alone = measure(genuine, impostor, fmrs=(0.01,))
    together = measure(genuine, impostor, fmrs=(0.01,), people=(own, pairs))
    assert alone.points[0].fnmr.value == together.points[0].fnmr.value == pytest.approx(0.1)
    assert together.people == 10
    width = [point.fnmr.high - point.fnmr.low for point in (alone.points[0], together.points[0])]
    assert width[1] > 2 * width[0]


def test_without_both_kinds_of_pairs_there_is_nothing_to_measure() -> None:
    for genuine, impostor in ((np.array([]), np.array([1.0])), (np.array([1.0]), np.array([]))):
        with pytest.raises(ValueError, match="at least one each"):
            measure(genuine, impostor)


def test_the_eer_is_marked_where_the_roc_meets_the_line_of_equal_errors() -> None:
    chance = np.random.default_rng(7)
    genuine, impostor = chance.normal(0.3, 0.1, 400), chance.normal(0.6, 0.1, 4_000)
    (axes,) = roc({"one": Compared(genuine=genuine, impostor=impostor, people=None)}, "").axes
    drawn, mark, *_ = axes.lines
    at, passed = float(mark.get_xdata()[0]), float(mark.get_ydata()[0])
    assert at == pytest.approx(equal(genuine, impostor)) == pytest.approx(0.067, abs=0.03)  # of two normals, 3 σ apart: Φ(-1.5)
    assert passed == pytest.approx(1 - at)
    near = int(np.argmin(np.abs(np.asarray(drawn.get_xdata()) - at)))
    assert float(drawn.get_ydata()[near]) == pytest.approx(passed, abs=0.01)
    assert f"{at:.2%}" in str(mark.get_label())
