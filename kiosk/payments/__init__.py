"""MONEY: the kiosk knows this contract and holds no merchant key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk.model.money import Money


class Method(Enum):
    WECHAT = "wechat"
    ALIPAY = "alipay"

    @property
    def cadence(self) -> Cadence:
        return _CADENCES[self]


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """When a wallet may be asked about an order, as its rules say (RELIABILITY §3). In polls, of two seconds at a real terminal."""

    first: float  # polls from the creation to the first question
    every: float  # and between questions


_CADENCES = {
    Method.WECHAT: Cadence(first=1, every=1),  # every 2 s
    Method.ALIPAY: Cadence(first=2.5, every=2),  # from 5 s on every 3 to 5 s
}


class OrderState(Enum):
    WAITING = "waiting"
    PAID = "paid"
    CLOSED = "closed"
    REFUNDED = "refunded"
    ABSENT = "absent"  # the gateway says there is no such order: creating it with this number is safe

    def unpaid_for_good(self, *, shown: bool) -> bool:
        """No money is here and none can come. `shown`: the QR was on the glass, so that "no such order" is no end to rely on."""
        return self in (OrderState.CLOSED, OrderState.REFUNDED) or (self is OrderState.ABSENT and not shown)


@dataclass(frozen=True, kw_only=True)
class Order:
    """`order_no` is the `out_trade_no`: one per visit, a pure function of the journal's id."""

    order_no: str
    amount: Money
    method: Method
    subject: str  # what the citizen's app shows: the item, never the person
    expires: int = 120  # seconds until the QR dies by itself


@dataclass(frozen=True, kw_only=True)
class Created:
    qr: str  # what to show as QR


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a bill: an order as the gateway's books have it. `refund_no` is "" where nothing went back."""

    order_no: str
    amount: Money
    method: Method
    state: OrderState
    refund_no: str = ""

    @property
    def kept(self) -> Money:
        """What the city has of it: paid and not given back."""
        return self.amount if self.state is OrderState.PAID else Money(0)


class PaymentGateway(ABC):
    """All of these are safe to repeat with the same number. Any fault means "not known": `payment.unknown` LATER,
    `payment.asleep` LATER (create only: surely not created), `payment.mismatch` CLOSE (the reply is about other money).
    """

    @abstractmethod
    async def create(self, order: Order) -> Created: ...

    @abstractmethod
    async def query(self, order: Order) -> OrderState: ...

    @abstractmethod
    async def close_order(self, order: Order) -> OrderState:
        """CLOSED, or PAID where the citizen was quicker (ORDERPAID); REFUNDED where the wallet took it back by itself (Alipay's cancel).

        The gateway asks its wallet once more right before, as Alipay wants it, and keeps closing what is too young (WeChat: 5 minutes).
        WAITING or ABSENT is no end: ask again.
        """

    @abstractmethod
    async def refund(self, order: Order, refund_no: str) -> OrderState:
        """The whole amount. REFUNDED."""

    @abstractmethod
    async def bill(self, station: str, day: date) -> tuple[Entry, ...]:
        """Every order that `station` opened on `day` (in China), whatever became of it; all or a fault."""

    @abstractmethod
    async def close(self) -> None:
        """Let connections go; never raises."""
