"""One visit as it grows: frozen, changed by `replace`, forgotten with the process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.model import binding
from kiosk.model.item import Answers, Item, Proof, Way
from kiosk.model.money import Money
from kiosk.model.person import Person
from kiosk.model.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Session:
    """`visit` is the journal's id of this visit: every key sent outside is a pure function of it (J9)."""

    visit: str
    item: Item
    nonce: bytes = field(default_factory=binding.fresh, repr=False)  # of this visit alone: what is printed carries it
    way: Way = ()  # how this person chose to be known; () = not chosen yet
    proofs: frozenset[Proof] = frozenset()  # what of it has been shown
    barred: frozenset[Proof] = frozenset()  # tried often enough: a face that is not the same, a code that is not right
    consents: frozenset[str] = frozenset()  # what was agreed to: "card", "face" …
    person: Person | None = field(default=None, repr=False)
    guardian: Person | None = field(default=None, repr=False)  # of somebody under 14: who agreed for them, known by their own card
    photo: bool = True  # whether the card's photo can be compared here; else the national service compares, with a consent of its own
    verdict: Verdict | None = None
    profile: Mapping[str, str] = field(default_factory=dict, repr=False)  # facts somebody knows already: mobile, address
    answers: Answers = field(default_factory=dict, repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)  # what chosen records are called, by input name
    files: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)  # pictures by input name: JPEG or PNG
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # what the department says before the citizen decides
    held: Mapping[str, str] = field(default_factory=dict, repr=False)  # what is kept for this visit while it pays: a seat
    quote: Money | None = None
    attempt: int = 1  # of paying: grows only after the gateway said the order before is closed (J2)
    paid: bool = False
    reply: Mapping[str, Any] = field(default_factory=dict, repr=False)  # what the department answered to the submission
    missing: tuple[str, ...] = ()  # operations after the deed that did not come about: the courier, the archive
    results: Mapping[str, Any] = field(default_factory=dict, repr=False)  # of foreign steps, by step name

    @property
    def binding(self) -> binding.Binding:
        """Whose papers those of this visit are: of the person known by now."""
        return binding.Binding.of(self.nonce, self.person)

    @property
    def sent_away(self) -> bool:
        """Whether the chosen way sends a picture of the face out of this terminal."""
        return Proof.FACE in self.way and not (self.photo and Proof.ID_CARD in self.way)

    @property
    def order_no(self) -> str:
        """The payment order of this visit (`out_trade_no`)."""
        return f"{self.visit}-P{self.attempt}"

    @property
    def refund_no(self) -> str:
        return f"{self.visit}-R{self.attempt}"

    @property
    def submit_key(self) -> str:
        """The idempotency key of the one write this visit makes at a department."""
        return f"{self.visit}-S"
