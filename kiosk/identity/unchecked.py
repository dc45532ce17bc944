"""No liveness check: says so in every verdict, and never passes anybody."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.identity import LivenessCheck, Picture
from kiosk.model.verdict import Liveness


class NotChecked(LivenessCheck):
    name = "none"

    def check(self, frames: Sequence[Picture]) -> Liveness:
        return Liveness.NOT_CHECKED
