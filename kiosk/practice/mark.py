"""The score of a case: every check held against the evidence, hints taken off, and what was missed by name."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.model.events import Printed, VisitStarted
from kiosk.practice.cases import Case, Check, Rules, rules
from kiosk.practice.evidence import Evidence

HANDOVER = "-handover"  # ends the job of a hand-over slip


@dataclass(frozen=True, kw_only=True)
class Mark:
    """`met` stands beside the case's checks in their order. `score` and `of` in points."""

    case: str
    score: int
    of: int
    met: tuple[bool, ...]
    passed: bool

    @property
    def missed(self) -> int:
        return self.met.count(False)


def mark(case: Case, evidence: Evidence, by: Rules | None = None) -> Mark:
    """Never below 0."""
    by = by or rules()
    met = tuple(_met(check, case, evidence) for check in case.check)
    earned = sum(check.points for check, well in zip(case.check, met, strict=True) if well)
    score = max(0, earned - evidence.hints * by.hint)
    musts = all(well for check, well in zip(case.check, met, strict=True) if check.must)
    return Mark(case=case.id, score=score, of=case.of, met=met, passed=musts and score * 100 >= case.of * by.enough)


def _met(check: Check, case: Case, evidence: Evidence) -> bool:
    wrote = {type(row).__name__ for row in evidence.rows}
    match check.kind:
        case "ended":
            return evidence.ended == check.of
        case "item":
            return any(isinstance(row, VisitStarted) and row.item == case.item for row in evidence.rows)
        case "wrote":
            return check.of in wrote
        case "never_wrote":
            return bool(evidence.ended) and check.of not in wrote
        case "answered":
            return (check.at, check.of) in evidence.answers
        case "used":
            return _used(check, evidence)
        case "rests":
            part, _, fact = check.of.partition(".")
            return bool(evidence.ended) and not evidence.stands.get(part, {}).get(fact, "")
        case "printed":
            return evidence.papers.get(check.of, 0) > 0
        case "handed_over":
            return any(isinstance(row, Printed) and row.job.endswith(HANDOVER) for row in evidence.rows)
        case "seen":
            return any(check.of in (look.view, look.name) for look in evidence.looks)
        case "left_by_hand":
            return evidence.ended == "left" and any(how == "left" for _, how in evidence.answers)


def _used(check: Check, evidence: Evidence) -> bool:
    """As it was when that view was last on the glass."""
    last = next((look for look in reversed(evidence.looks) if check.at in (look.view, look.name)), None)
    if last is None:
        return False
    return {"care": last.care, "voice": last.voice}.get(check.of, last.language == check.of)
