"""The bench harness: interleaving, the last line, and the card bench on a real pty."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from kiosk import bench


class Counting:
    name = "counting"
    labels = ("ours", "theirs")
    rounds = 5

    def __init__(self, fails: bool = False) -> None:
        self.calls: list[str] = []
        self.fails = fails

    def setup(self) -> None:
        self.calls.append("setup")

    async def a(self) -> float:
        self.calls.append("a")
        if self.fails:
            raise RuntimeError
        return 0.2 + len(self.calls)

    def b(self) -> float:
        self.calls.append("b")
        return 0.1 + len(self.calls)

    async def teardown(self) -> None:
        self.calls.append("teardown")

    def facts(self) -> Mapping[str, float | int | str]:
        return {"limit_ms": 100}


async def test_sides_take_turns_in_being_first() -> None:
    counting = Counting()
    result = await bench.run(counting, 4)
    assert counting.calls == ["setup", "a", "b", "b", "a", "a", "b", "b", "a", "teardown"]
    assert (len(result.a.seconds), len(result.b.seconds)) == (4, 4)


async def test_teardown_comes_whatever_happens() -> None:
    counting = Counting(fails=True)
    with pytest.raises(RuntimeError):
        await bench.run(counting, 4)
    assert counting.calls == ["setup", "a", "teardown"]


def test_the_ratio_is_the_median_of_rounds_and_percentiles_are_measured_values() -> None:
    a = bench.Side(label="a", seconds=(2.0, 3.0, 90.0))
    b = bench.Side(label="b", seconds=(1.0, 2.0, 30.0))
    assert bench.Result(name="x", a=a, b=b).ratio == 2.0
    assert (a.percentile(0.5), a.percentile(0.99)) == (3.0, 90.0)


def test_the_last_line_is_one_json_object(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bench, "load", lambda name: Counting())
    assert bench.main(["card", "--rounds", "2"]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"name", "ratio", "rounds", "a", "b"} <= set(last)
    assert (last["name"], last["rounds"], set(last["a"])) == ("counting", 2, {"label", "p50", "p99"})


@pytest.mark.parametrize("argv", [[], ["nothing"], ["card", "--rounds", "0"]])
def test_what_cannot_be_measured_is_refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(argv)
    assert "usage: kiosk bench" in capsys.readouterr().err


async def test_the_card_bench_reads_the_card_it_put_and_counts_the_bytes_of_the_limit() -> None:
    result = await bench.run(bench.load("card"), 2)
    assert result.facts == {"bytes": 1359, "computed_limit_ms": 117.97}
    assert all(seconds > 0 for seconds in (*result.a.seconds, *result.b.seconds))
