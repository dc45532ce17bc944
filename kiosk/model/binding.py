"""To whom a print job belongs: one visit and the person it serves. Nothing in it can be turned back into a number."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from kiosk.model.person import Person

NONCE = 32  # bytes


def fresh() -> bytes:
    """The nonce of a visit: nobody can guess it, and no other visit has it. It stays in memory."""
    return secrets.token_bytes(NONCE)


@dataclass(frozen=True, kw_only=True)
class Binding:
    """`nonce`: of the visit. `owner`: HMAC-SHA256 of the ID number under the nonce, of nothing where nobody was identified.

    Whoever holds both could try all numbers: a binding is handed from hand to hand and never written down. What lies beside a
    waiting document is its `seal`.
    """

    nonce: bytes = field(repr=False)
    owner: bytes = field(repr=False)

    @classmethod
    def of(cls, nonce: bytes, person: Person | None) -> Binding:
        """ValueError for a nonce that is none."""
        if len(nonce) != NONCE:
            raise ValueError(f"a nonce has {NONCE} bytes, not {len(nonce)}")
        whom = f"person\0{person.id_number}" if person else "nobody"
        return cls(nonce=nonce, owner=hmac.digest(nonce, whom.encode(), "sha256"))

    def same(self, other: Binding) -> bool:
        """Whether it is the same visit and the same person, in a time that does not tell how much of it fits."""
        return hmac.compare_digest(self.nonce + self.owner, other.nonce + other.owner)

    def seal(self, job: str, document: bytes) -> str:
        """64 hex digits that stand for this job, with these bytes, of this binding; they tell nothing about any of them."""
        told = b"\0".join((b"job", job.encode(), hashlib.sha256(document).digest(), self.owner))
        return hmac.digest(self.nonce, told, "sha256").hex()
