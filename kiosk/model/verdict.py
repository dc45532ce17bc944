"""The answer to "is it really them?": a number and its limit, and what was checked of a living person before us; never a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Liveness(Enum):
    NOT_CHECKED = "not_checked"  # said on the screen, never taken for a pass
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Pad:
    """Presentation attack detection (ISO/IEC 30107-3) of one attempt. Words, never a picture.

    `reason`: why it FAILED, a word of `face.refused.<reason>`. `checked` and `unchecked` are kept with every verdict: nobody is to take
    it for more than it was.
    """

    method: str = "none"
    outcome: Liveness = Liveness.NOT_CHECKED
    reason: str = ""
    checked: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`score` is a distance (smaller is closer); `same_person` is `score <= threshold`."""

    same_person: bool
    score: float
    threshold: float
    verifier: str
    calibrated: bool
    pad: Pad = Pad()
