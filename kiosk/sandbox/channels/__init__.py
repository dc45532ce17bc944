"""The wallets behind the city's gateway: WeChat Pay and Alipay as they are spoken to, keys and all. The kiosk knows neither.

Each file has both ends of one line: the platform (routes that verify what the real one verifies) and the merchant (the city's
gateway, which signs, and trusts no answer and no callback without the platform's signature).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal

State = Literal["NOTPAY", "SUCCESS", "CLOSED", "REFUND"]


@dataclass(frozen=True, kw_only=True)
class Deal:
    """One order as the gateway has it: what it asks its wallet with."""

    order_no: str
    amount_fen: int
    subject: str
    expires_at: int  # seconds since 1970


class Trouble(Exception):
    """The wallet gave no answer that may be trusted. The argument says which rule was broken."""


class Mismatch(Exception):
    """The wallet has other money under this number."""


class Merchant(ABC):
    """The gateway's end of one wallet's line. `base` is where the wallet is reached. All may raise Trouble and Mismatch."""

    @abstractmethod
    async def create(self, base: str, deal: Deal) -> None:
        """Safe to repeat: the same number and amount is one trade, whatever became of it."""

    @abstractmethod
    async def query(self, base: str, deal: Deal) -> State: ...

    @abstractmethod
    async def close(self, base: str, deal: Deal) -> State:
        """CLOSED; SUCCESS where somebody paid meanwhile; REFUND where the wallet gave it back by itself."""

    @abstractmethod
    async def refund(self, base: str, deal: Deal, refund_no: str) -> State:
        """All of it. REFUND; the state as it is where there is nothing to give back."""

    @abstractmethod
    def told(self, headers: dict[str, str], body: bytes) -> tuple[str, int]:
        """A callback: number and fen of what was paid. Raises Trouble for one that the wallet did not sign."""
