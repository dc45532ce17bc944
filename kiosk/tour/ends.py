"""`kiosk tour --ends`: every kind of end that a visit can come to, each played once on the real screens and held to its word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.sandbox.process import Sandbox


@dataclass(frozen=True, kw_only=True)
class End:
    """How one visit is made to end so. `acts`: what the citizen does differently (fields of `Script`)."""

    name: str
    item: str
    outcome: str  # what the tour's line must begin with
    levers: tuple[str, ...] = ()  # as for --lever
    unpaid: bool = False
    acts: Mapping[str, Any] = field(default_factory=dict)
    slips: int = 0  # how many papers of the slip printer the citizen goes home with
    money: str = "none"  # none, kept, returned: what became of it

    def broken(self, outcome: str, sandbox: Sandbox, papers: Path) -> Iterator[str]:
        """What was not as it must be."""
        if not outcome.startswith(self.outcome):
            yield f"it ended {outcome}, not {self.outcome}"
        ledger = sandbox.ledger()
        money = "none" if not ledger["paid_fen"] else "kept" if not ledger["refunded_fen"] else "returned"
        if money != self.money:
            yield f"money {money}, not {self.money}"
        if (slips := len(list(papers.rglob("receipt-*.png")))) != self.slips:
            yield f"{slips} slips, not {self.slips}"


ENDS = (
    End(name="served", item="traffic-fine-pay", outcome="served", slips=1, money="kept"),
    End(name="left", item="hrss-insurance-cert", outcome="left", acts={"leaves": "ReviewView"}),
    End(name="walked-away", item="household-same-name", outcome="left", acts={"idles": "FormView"}),
    End(name="fault", item="hrss-insurance-cert", outcome="fault identity.not_the_same", levers=("face_camera.show=c02",)),
    End(
        name="handed-over",
        item="hrss-insurance-cert",
        outcome="fault backoffice.asleep",
        levers=("sandbox.department=hrss:asleep@review",),
        acts={"remedy": "handover"},
        slips=1,
    ),
    End(name="timed-out", item="traffic-fine-pay", outcome="fault payment.expired", unpaid=True, slips=0),
    End(
        name="refunded",
        item="traffic-fine-pay",
        outcome="fault backoffice.asleep",
        levers=("sandbox.department=psb-tms:asleep@pay",),
        slips=1,
        money="returned",
    ),
)
