"""What is open after a crash, event by event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journal.unsettled import Open, unsettled
from kiosk.model.events import (
    Event,
    Paid,
    PayClosed,
    PayCreated,
    PayIntent,
    PayUnknown,
    Printed,
    PrintFailed,
    PrintIntent,
    Refunded,
    RefundIntent,
    RefundUnknown,
    SubmitIntent,
    SubmitRefused,
    Submitted,
    SubmitUnknown,
    VisitEnded,
    VisitStarted,
)

V = "XM-1-AAAA-000001"
START, END = VisitStarted(visit=V, item="traffic-fine-pay"), VisitEnded(visit=V, ending="served")
INTENT = PayIntent(visit=V, order_no="P", amount_fen=200, method="wechat")
CREATED, CLOSED, UNKNOWN = PayCreated(visit=V, order_no="P"), PayClosed(visit=V, order_no="P"), PayUnknown(visit=V, order_no="P")
PAID = Paid(visit=V, order_no="P", amount_fen=200)
REFUND = RefundIntent(visit=V, order_no="P", refund_no="R", amount_fen=200)
REFUNDED = Refunded(visit=V, order_no="P", refund_no="R", amount_fen=200)
REFUND_UNKNOWN = RefundUnknown(visit=V, order_no="P", refund_no="R")
SUBMIT, SUBMITTED = SubmitIntent(visit=V, key="S", operation="PSB-TMS.notifyPaid"), Submitted(visit=V, key="S")
REFUSED, LOST = SubmitRefused(visit=V, key="S", code="department.no"), SubmitUnknown(visit=V, key="S")
PRINT, PRINTED, FAILED = (
    PrintIntent(visit=V, job="D", document="receipt"),
    Printed(visit=V, job="D"),
    PrintFailed(visit=V, job="D", code="x"),
)

GOOD = [START, INTENT, CREATED, PAID, SUBMIT, SUBMITTED, PRINT, PRINTED, END]


@pytest.mark.parametrize(
    ("events", "open_"),
    [
        ([], []),
        ([START], [Open.VISIT]),
        ([START, END], []),
        ([START, INTENT], [Open.VISIT, Open.ORDER]),
        ([INTENT, CREATED], [Open.ORDER]),
        ([INTENT, CREATED, UNKNOWN], [Open.ORDER]),
        ([INTENT, CREATED, CLOSED], []),
        ([INTENT, CREATED, PAID], [Open.ORDER]),
        ([INTENT, PAID, SUBMIT], [Open.ORDER, Open.SUBMISSION]),
        ([INTENT, PAID, SUBMIT, SUBMITTED], []),
        ([INTENT, PAID, SUBMIT, LOST], [Open.ORDER, Open.SUBMISSION]),
        ([INTENT, PAID, SUBMIT, REFUSED], [Open.ORDER]),
        ([INTENT, PAID, SUBMIT, REFUSED, REFUND], [Open.ORDER, Open.REFUND]),
        ([INTENT, PAID, SUBMIT, REFUSED, REFUND, REFUND_UNKNOWN], [Open.ORDER, Open.REFUND]),
        ([INTENT, PAID, SUBMIT, REFUSED, REFUND, REFUND_UNKNOWN, REFUNDED], []),
        ([INTENT, CLOSED, PAID], [Open.ORDER]),  # paid between the last question and the closing
        ([INTENT, CLOSED, PAID, REFUND, REFUNDED], []),
        ([INTENT, PAID, PAID, REFUND, REFUNDED, REFUNDED], []),  # told twice
        ([SUBMIT], [Open.SUBMISSION]),
        ([SUBMIT, REFUSED], []),
        ([PRINT], [Open.PRINT]),
        ([PRINT, FAILED], []),
        (GOOD, []),
    ],
)
def test_what_is_open(events: list[Event], open_: list[Open]) -> None:
    assert [one.what for one in unsettled(events)] == open_


def test_what_is_told_is_enough_to_ask_with() -> None:
    visit, order, refund = unsettled([START, INTENT, PAID, REFUND])
    assert (visit.number, visit.visit, visit.last) == (V, V, "VisitStarted")
    assert (order.number, order.visit, order.amount_fen, order.last) == ("P", V, 200, "RefundIntent")
    assert (refund.number, refund.order_no, refund.amount_fen, refund.visit) == ("R", "P", 200, V)


def test_half_a_refund_leaves_the_order_open() -> None:
    half = Refunded(visit=V, order_no="P", refund_no="R1", amount_fen=100)
    rest = Refunded(visit=V, order_no="P", refund_no="R2", amount_fen=100)
    assert [one.what for one in unsettled([INTENT, PAID, half])] == [Open.ORDER]
    assert [one.what for one in unsettled([INTENT, PAID, half, half])] == [Open.ORDER]
    assert unsettled([INTENT, PAID, half, rest]) == ()


def test_another_visits_service_does_not_settle_this_order() -> None:
    assert [one.what for one in unsettled([INTENT, PAID, Submitted(visit="other", key="S2")])] == [Open.ORDER]


@given(st.integers(0, len(GOOD)))
def test_a_crash_anywhere_in_a_good_visit_leaves_what_was_begun(cut: int) -> None:
    open_ = {one.what for one in unsettled(GOOD[:cut])}
    assert (Open.VISIT in open_) == (0 < cut < len(GOOD))
    assert (Open.ORDER in open_) == (2 <= cut < 6)
    assert (Open.SUBMISSION in open_) == (cut == 5)
    assert (Open.PRINT in open_) == (cut == 7)
