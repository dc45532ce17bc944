"""How long people and machines are waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol


class Handle(Protocol):
    def cancel(self) -> None: ...


Later = Callable[[float, Callable[[], None]], Handle]
"""Calls in so many seconds, unless it is cancelled before. Tests give one whose time they move on."""


def later(seconds: float, call: Callable[[], None]) -> Handle:
    """By the loop's own clock."""
    return asyncio.get_running_loop().call_later(seconds, call)


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Seconds. The defaults are the real ones (RELIABILITY §1, §3); tests and the tour shorten the waiting, not the order."""

    card_wait: float = 60.0
    card_poll: float = 0.3
    card_left: float = 30.0  # how long a card that stays on the reader is asked for
    call: float = 3.0  # between two calls for what lies here
    card_lift: float = 1.0  # between two looks whether it was lifted
    face_wait: float = 30.0  # how long a face that can be looked at is waited for
    face_again: float = 3.0  # how long it is said what was wrong, before the next look
    witness_wait: float = 120.0
    officer_wait: float = 180.0
    officer_poll: float = 1.0
    help_poll: float = 2.0  # between two questions what became of a call for help
    help_stays: float = 180.0  # from "coming" until it is not counted on any more
    pay_wait: float = 60.0
    pay_spare: float = 60.0  # how much longer an order lives at the bank than its payer is waited for
    pay_poll: float = 2.0
    submit_tries: int = 3
    submit_pause: float = 2.0
    refund_tries: int = 3
    print_wait: float = 120.0
    purge_wait: float = 15.0
    paper_wait: float = 60.0  # how long a printer may come back for what is not on paper yet (F-22)
    paper_poll: float = 1.0
    apology: int = 60
    goodbye: int = 8
    result: int = 30
    power_poll: float = 2.0  # between two looks at the mains
    power_grace: float = 60.0  # what a visit gets once the battery is about to end: UPSs say so two to five minutes before

    def slower(self, pace: float) -> Timing:
        """The waits for the citizen, so much longer. Machines are waited for as long as ever."""
        if pace == 1:
            return self
        return replace(
            self,
            card_wait=self.card_wait * pace,
            face_wait=self.face_wait * pace,
            face_again=self.face_again * pace,
            witness_wait=self.witness_wait * pace,
            pay_wait=self.pay_wait * pace,
            apology=round(self.apology * pace),
            goodbye=round(self.goodbye * pace),
        )
