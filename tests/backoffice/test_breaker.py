"""The circuit breaker on a clock of its own."""

from __future__ import annotations

from kiosk.backoffice.breaker import Breaker


def test_closed_open_half_open_closed():
    now = [0.0]
    breaker = Breaker(3, 30.0, lambda: now[0])
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    now[0] = 29.9
    assert not breaker.allows()
    now[0] = 30.0
    assert breaker.allows(), "half-open: one probe"
    assert not breaker.allows(), "and only one"
    breaker.failed()
    now[0] = 59.9
    assert not breaker.allows(), "the failed probe begins a new rest"
    now[0] = 60.0
    assert breaker.allows()
    breaker.worked()
    assert breaker.allows() and breaker.allows()


def test_a_success_between_failures_counts_from_the_beginning():
    breaker = Breaker(2, 30.0, lambda: 0.0)
    for _ in range(3):
        breaker.failed()
        breaker.worked()
    assert breaker.allows()
