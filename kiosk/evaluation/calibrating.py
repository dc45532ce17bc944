"""From people who agreed to a calibration: their mean faces, a threshold, and how the scores lie. Nothing of anybody stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from kiosk.evaluation.comparing import Centred, compared
from kiosk.evaluation.pictures import Pair, Shot, Unreadable
from kiosk.evaluation.statistics import Scores, limit_at, wilson
from kiosk.identity.calibration import BINS, FEWEST, HIGHEST, Calibration
from kiosk.identity.network import WEIGHTS, Embedding
from kiosk.model.zone import CHINA

MARGIN = 0.02  # below the likest stranger, where there are too few of them to see the rate that is asked for


def calibrated(
    found: Sequence[Pair], embeddings: Mapping[Shot, Embedding], *, verifier: str, population: str, fmr: float
) -> Calibration:
    """The threshold is read off scores around the mean of the *other* people, so that nobody is measured with a mean he is in.

    Raises Unreadable where there are too few people.
    """
    centred = Centred(embeddings)
    if centred.people < FEWEST:
        raise Unreadable(f"{centred.people} people could be acquired: at least {FEWEST} are needed")
    scores = compared(found, embeddings, centred.distance)
    if not len(scores.genuine) or not len(scores.impostor):
        raise Unreadable("pairs of the same person and of different people are needed")
    limit = _limit(scores.impostor, fmr)
    passed = wilson(int((scores.impostor <= limit).sum()), len(scores.impostor))
    refused = wilson(int((scores.genuine > limit).sum()), len(scores.genuine))
    card, live = centred.means
    return Calibration(
        verifier=verifier,
        network=WEIGHTS,
        population=population,
        measured_on=f"{datetime.now(CHINA):%Y-%m-%d}",
        people=centred.people,
        genuine=len(scores.genuine),
        impostor=len(scores.impostor),
        threshold=round(limit, 4),
        fmr=passed.value,
        fmr_high=passed.high,
        fnmr=refused.value,
        fnmr_high=refused.high,
        card_mean=tuple(round(float(number), 6) for number in card),
        live_mean=tuple(round(float(number), 6) for number in live),
        genuine_histogram=_histogram(scores.genuine),
        impostor_histogram=_histogram(scores.impostor),
    )


def _limit(impostor: Scores, fmr: float) -> float:
    if fmr * len(impostor) >= 1:
        return limit_at(impostor, fmr)
    return float(impostor.min()) - MARGIN


def _histogram(scores: Scores) -> tuple[int, ...]:
    counts, _ = np.histogram(np.clip(scores, 0, HIGHEST), bins=BINS, range=(0, HIGHEST))
    return tuple(int(count) for count in counts)
