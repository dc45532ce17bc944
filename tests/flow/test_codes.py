"""The grammars of codes: what is asked for passes, what is like it does not."""

from __future__ import annotations

import pytest

from kiosk.model.codes import BADGE, NET_CERT, PAYMENT, CodeKind


@pytest.mark.parametrize(
    ("kind", "text"),
    [(NET_CERT, "CTID1:c01"), (NET_CERT, "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE" * 2 + "=="), (BADGE, "VOL-0001"),
     (PAYMENT, "134567890123456789"), (PAYMENT, "2812345678901234")],
)  # fmt: skip
def test_what_is_asked_for_passes(kind: CodeKind, text: str) -> None:
    assert kind.reads(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(NET_CERT, "https://example.invalid/CTID1"), (NET_CERT, "134567890123456789"), (NET_CERT, "VOL-0001"), (NET_CERT, ""),
     (NET_CERT, "1" * 60), (NET_CERT, "CTID1:" + "x" * 600), (NET_CERT, "CTID1:a b"), (NET_CERT, "CTID1:c01' OR 1=1"),
     (BADGE, "CTID1:c01"), (BADGE, "VOL-0001\n"), (BADGE, "vol-0001"), (PAYMENT, "163456789012345678")],
)  # fmt: skip
def test_what_is_like_it_does_not(kind: CodeKind, text: str) -> None:
    assert not kind.reads(text)
