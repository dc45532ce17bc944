"""Rows of the journal about money: orders, what was paid and given back, and the gateway's own account of it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.model.event import Event


@dataclass(frozen=True, kw_only=True)
class PayIntent(Event):
    """An order is about to be opened at the payment gateway. From here on money may be on its way."""

    order_no: str
    amount_fen: int
    method: str


@dataclass(frozen=True, kw_only=True)
class PayCreated(Event):
    """The gateway opened the order; its QR code is shown."""

    order_no: str


@dataclass(frozen=True, kw_only=True)
class Paid(Event):
    """The gateway says that the money is here. May stand behind PayClosed: somebody paid in the last moment (J6)."""

    order_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class PayClosed(Event):
    """The gateway says that the order is closed, or was never opened: nobody can pay it any more (J2)."""

    order_no: str


@dataclass(frozen=True, kw_only=True)
class PayUnknown(Event):
    """The gateway gave no answer: nobody knows whether there is money. Asked again at every start."""

    order_no: str


@dataclass(frozen=True, kw_only=True)
class RefundIntent(Event):
    """The money is about to be given back. The same refund number is used however often it takes."""

    order_no: str
    refund_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class Refunded(Event):
    """The gateway says that the money went back. The same refund told twice counts once (J7)."""

    order_no: str
    refund_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class RefundUnknown(Event):
    """The gateway gave no answer about the refund. Asked again at every start."""

    order_no: str
    refund_no: str


@dataclass(frozen=True, kw_only=True)
class OrderFound(Event):
    """The gateway has this order of ours, and this journal knew nothing of it: it began anew after damage or on another disk."""

    order_no: str
    amount_fen: int
    method: str


@dataclass(frozen=True, kw_only=True)
class Rebuilt(Event):
    """A journal that began anew has asked the gateway for its orders of the last days; from here on it knows of all money."""

    found: int


@dataclass(frozen=True, kw_only=True)
class BillCompared(Event):
    """The gateway's bill of a day was laid beside this journal. A difference is for people to look into (J8)."""

    day: str
    orders: int
    differences: int
