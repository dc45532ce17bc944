"""The answer to "is it really them?": a number and its limit, never a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Liveness(Enum):
    NOT_CHECKED = "not_checked"  # said on the screen, never taken for a pass
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`score` is a distance (smaller is closer); `same_person` is `score <= threshold`."""

    same_person: bool
    score: float
    threshold: float
    verifier: str
    calibrated: bool
    liveness: Liveness = Liveness.NOT_CHECKED
