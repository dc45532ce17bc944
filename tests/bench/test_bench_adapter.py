"""The adapter bench asks a real sandbox, both sides the same."""

from __future__ import annotations

from kiosk import bench


async def test_both_sides_ask_the_same_department_and_it_is_gone_afterwards() -> None:
    adapter = bench.load("adapter")
    result = await bench.run(adapter, 2)
    assert len(result.a.seconds) == len(result.b.seconds) == 2 and result.ratio > 0
    assert result.facts["kept_alive_p50_ms"] > 0
    assert not adapter._folder.exists()  # the sandbox is stopped before its folder goes
