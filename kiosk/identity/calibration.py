"""What was measured on a population: its mean faces and the threshold, with where, when and on how many. No face and no person in it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.identity.network import NUMBERS, Embedding

BINS, HIGHEST = 100, 2.0  # of the histograms: how many, and the largest distance there is
FEWEST = 10  # people: with fewer, a mean says too much of each of them, and a threshold too little of anybody


class Unusable(ValueError):
    """The file is not a calibration for this verifier. Says why, for technicians."""


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """`threshold`: 1 - cosine of the two centred embeddings, up to which they count as the same person.

    `fmr`, `fnmr`: shares of strangers passed and of the right people refused at it, on this very set; `*_high`: the upper ends of
    their 95 % confidence intervals. `card_mean`, `live_mean`: mean embeddings, each person counted once. The histograms count scores in
    100 steps from 0 to 2.
    """

    verifier: str
    network: str
    population: str  # who was measured, in the words of whoever did it
    measured_on: str  # 2026-11-26
    people: int
    genuine: int
    impostor: int
    threshold: float
    fmr: float
    fmr_high: float
    fnmr: float
    fnmr_high: float
    card_mean: tuple[float, ...]
    live_mean: tuple[float, ...]
    genuine_histogram: tuple[int, ...]
    impostor_histogram: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.people < FEWEST:
            raise Unusable(f"{self.people} people: at least {FEWEST} are needed")
        if not 0.0 < self.threshold < 1.0:
            raise Unusable(f"a threshold of {self.threshold}")
        for mean in (self.card_mean, self.live_mean):
            if len(mean) != NUMBERS or not all(math.isfinite(number) for number in mean):
                raise Unusable("a mean is not 128 numbers")
        for counts, total in ((self.genuine_histogram, self.genuine), (self.impostor_histogram, self.impostor)):
            if len(counts) != BINS or sum(counts) != total:
                raise Unusable("a histogram does not count all pairs")

    def distance(self, card: Embedding, live: Embedding) -> float:
        """0 (alike) to 2, around the population's means: what all its faces have in common does not count (FACE.md §2)."""
        one, other = card - np.array(self.card_mean), live - np.array(self.live_mean)
        return 1.0 - float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))

    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read(path: Path, *, verifier: str, network: str) -> Calibration:
    """Raises Unusable, OSError."""
    try:
        told: Any = json.loads(path.read_text("utf-8"))
        found = Calibration(**_typed(told))
    except (TypeError, ValueError, KeyError) as error:
        raise error if isinstance(error, Unusable) else Unusable(f"{path.name} is no calibration") from None
    if (found.verifier, found.network) != (verifier, network):
        raise Unusable(f"{path.name} was measured with {found.verifier} and another network")
    return found


def _typed(told: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers as numbers, texts as texts; TypeError, ValueError for anything else."""
    kinds: dict[str, type] = {"people": int, "genuine": int, "impostor": int}
    kinds |= dict.fromkeys(("threshold", "fmr", "fmr_high", "fnmr", "fnmr_high"), float)
    kinds |= dict.fromkeys(("verifier", "network", "population", "measured_on"), str)
    found = {name: kind(told[name]) for name, kind in kinds.items()}
    found |= {name: tuple(float(number) for number in told[name]) for name in ("card_mean", "live_mean")}
    return found | {name: tuple(int(count) for count in told[name]) for name in ("genuine_histogram", "impostor_histogram")}
