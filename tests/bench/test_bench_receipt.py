"""The receipt bench prints on every line, and compares with the same bytes."""

from __future__ import annotations

from kiosk import bench


async def test_every_line_is_printed_on_and_closed_afterwards() -> None:
    receipt = bench.load("receipt")
    result = await bench.run(receipt, 1)
    assert {name for name in result.facts if name.startswith("ratio_")} == {
        "ratio_serial_19200_text", "ratio_serial_115200_text", "ratio_tcp_dots",
    }  # fmt: skip
    assert result.facts["computed_limit_text_19200_s"] < 1 < result.facts["computed_limit_dots_19200_s"]
    assert result.a.seconds[0] > result.facts["computed_limit_text_19200_s"]
