"""Error rates of a verifier, as ISO/IEC 19795-1 names them: FMR, FNMR, EER, with how sure the numbers are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""Distances: smaller is more alike."""

Z = 1.959964  # 95 %
RESAMPLES = 400


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A share with its 95 % confidence interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.4f} ({self.low:.4f}-{self.high:.4f})"


@dataclass(frozen=True, kw_only=True)
class Point:
    """Where a threshold holds the false match rate at `fmr`: what share of the right people is refused there."""

    fmr: float
    threshold: float
    fnmr: Rate
    resolved: bool  # whether there are enough strangers to see such a rate at all (30 errors expected: the "rule of 30" halves)


@dataclass(frozen=True, kw_only=True)
class Measured:
    genuine: int
    impostor: int
    people: int  # 0 where the pairs do not say who is who
    eer: Rate
    points: tuple[Point, ...]
    at: tuple[float, Rate, Rate] | None = None  # a threshold that was given, FMR and FNMR there


def wilson(errors: int, trials: int) -> Rate:
    """The interval of Wilson (1927): right for small counts, and zero errors are not taken for a zero rate."""
    if trials == 0:
        return Rate(value=math.nan, low=0.0, high=1.0)
    share, squared = errors / trials, Z * Z
    middle = (share + squared / (2 * trials)) / (1 + squared / trials)
    half = Z / (1 + squared / trials) * math.sqrt(share * (1 - share) / trials + squared / (4 * trials * trials))
    return Rate(value=share, low=max(0.0, middle - half), high=min(1.0, middle + half))


def measure(
    genuine: Scores,
    impostor: Scores,
    *,
    fmrs: tuple[float, ...] = (1e-2, 1e-3),
    threshold: float | None = None,
    people: tuple[NDArray[Any], NDArray[Any]] | None = None,
) -> Measured:
    """`people`: who stands in each pair (genuine: one id; impostor: n × 2): intervals then come from drawing people, not pairs, anew,
    since pairs of the same person are no independent trials. ValueError without a pair of either kind."""
    if not len(genuine) or not len(impostor):
        raise ValueError("pairs of the same person and of different people are needed, at least one each")
    draws = _draws(people) if people is not None else ()
    points = []
    for fmr in fmrs:
        limit = limit_at(impostor, fmr)
        rates = [_share(genuine[one], limit) for one, other in draws if len(one) and len(other)]
        points.append(
            Point(
                fmr=fmr,
                threshold=limit,
                fnmr=_interval(_share(genuine, limit), rates) if rates else wilson(int((genuine > limit).sum()), len(genuine)),
                resolved=fmr * len(impostor) >= 3,
            )
        )
    crossing = equal(genuine, impostor)
    rates = [equal(genuine[one], impostor[other]) for one, other in draws if len(one) and len(other)]
    alone = wilson(round(crossing * len(genuine)), len(genuine))
    at = None
    if threshold is not None:
        matched, missed = int((impostor <= threshold).sum()), int((genuine > threshold).sum())
        at = (threshold, wilson(matched, len(impostor)), wilson(missed, len(genuine)))
    return Measured(
        genuine=len(genuine),
        impostor=len(impostor),
        people=len(np.unique(people[1])) if people is not None else 0,
        eer=_interval(crossing, rates) if rates else Rate(value=crossing, low=alone.low, high=alone.high),
        points=tuple(points),
        at=at,
    )


def limit_at(impostor: Scores, fmr: float) -> float:
    """The largest threshold at which not more than `fmr` of the strangers pass; below all of them where they are too few to tell."""
    ordered = np.sort(impostor)
    allowed = math.floor(fmr * len(ordered) + 1e-9)
    if allowed == 0:
        return float(np.nextafter(ordered[0], -np.inf))
    return float(np.nextafter(ordered[allowed], -np.inf)) if allowed < len(ordered) else float(ordered[-1])


def equal(genuine: Scores, impostor: Scores) -> float:
    """The rate at which as many strangers pass as right people are refused; between two steps the mean of both."""
    steps, fmr, fnmr = curve(genuine, impostor)
    nearest = int(np.argmin(np.abs(fmr - fnmr)))
    return float((fmr[nearest] + fnmr[nearest]) / 2) if len(steps) else math.nan


def curve(genuine: Scores, impostor: Scores) -> tuple[Scores, Scores, Scores]:
    """Thresholds, and FMR and FNMR at each: the ROC."""
    steps = np.unique(np.concatenate([genuine, impostor]))
    fmr = np.searchsorted(np.sort(impostor), steps, side="right") / len(impostor)
    fnmr = 1.0 - np.searchsorted(np.sort(genuine), steps, side="right") / len(genuine)
    return steps, fmr, fnmr


def _share(genuine: Scores, limit: float) -> float:
    return float((genuine > limit).mean())


def _interval(value: float, rates: list[float]) -> Rate:
    low, high = np.percentile(rates, (2.5, 97.5))
    return Rate(value=value, low=float(min(low, value)), high=float(max(high, value)))


def _draws(people: tuple[NDArray[Any], NDArray[Any]]) -> tuple[tuple[NDArray[np.intp], NDArray[np.intp]], ...]:
    """For each of many drawings of as many people with putting back: the pairs that are in it, as often as their people are."""
    own, pairs = people
    everybody = np.unique(np.concatenate([own, pairs.ravel()]))
    place = {person: number for number, person in enumerate(everybody)}
    mine = np.array([place[person] for person in own])
    theirs = np.array([[place[one], place[other]] for one, other in pairs])
    chance = np.random.default_rng(19795)  # the same numbers give the same interval
    drawn = []
    for _ in range(RESAMPLES):
        times = np.bincount(chance.integers(0, len(everybody), len(everybody)), minlength=len(everybody))
        drawn.append(
            (np.repeat(np.arange(len(mine)), times[mine]), np.repeat(np.arange(len(theirs)), times[theirs[:, 0]] * times[theirs[:, 1]]))
        )
    return tuple(drawn)
