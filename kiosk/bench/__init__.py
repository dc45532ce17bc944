"""BENCH: `kiosk bench NAME` measures two things against each other, interleaved in one run; only their ratio is worth publishing."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import inspect
import json
import math
import statistics
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

T = TypeVar("T")

NAMES = ("adapter", "card", "face", "journal", "receipt", "start", "touch")  # each is a module here with a function `bench() -> Bench`


class Bench(Protocol):
    """One comparison. `a` and `b` do it once and return seconds; both, and setup and teardown, may be async or not."""

    name: str
    labels: tuple[str, str]  # of a (ours) and of b (the limit, the strongest peer)
    rounds: int  # by default; 30 or more where a round is short

    def setup(self) -> Awaitable[None] | None: ...

    def a(self) -> Awaitable[float] | float: ...

    def b(self) -> Awaitable[float] | float: ...

    def teardown(self) -> Awaitable[None] | None:
        """Called however the run ends, after `setup` began."""

    def facts(self) -> Mapping[str, float | int | str]:
        """What else is worth knowing, after the run: a computed limit, a size; the key names the unit ("rss_mb")."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """Seconds of every round, in order."""

    label: str
    seconds: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """Nearest rank: a value that was really measured."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    def row(self) -> dict[str, float | str]:
        return {"label": self.label, "p50": round(self.percentile(0.50), 6), "p99": round(self.percentile(0.99), 6)}


@dataclass(frozen=True, kw_only=True)
class Result:
    name: str
    a: Side
    b: Side
    facts: Mapping[str, float | int | str] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """The median of a ÷ b of each round: what disturbs a whole round disturbs both."""
        return statistics.median(a / b for a, b in zip(self.a.seconds, self.b.seconds, strict=True))

    def line(self) -> str:
        """One line of JSON; times in seconds. What else is worth knowing stands beside the ratio."""
        return json.dumps(
            {
                "name": self.name,
                "ratio": round(self.ratio, 4),
                "ratio_of": "median of a/b per round",
                "rounds": len(self.a.seconds),
                "unit": "s",
                "a": self.a.row(),
                "b": self.b.row(),
                **self.facts,
            },
            ensure_ascii=False,
        )


async def run(bench: Bench, rounds: int, tick: Callable[[], None] = lambda: None) -> Result:
    """`rounds` times a and b, the order turning every round so that neither is always the one behind the other."""
    a: list[float] = []
    b: list[float] = []
    try:
        await _done(bench.setup())
        for number in range(rounds):
            for take, into in ((bench.a, a), (bench.b, b)) if number % 2 == 0 else ((bench.b, b), (bench.a, a)):
                into.append(await _done(take()))
            tick()
        facts = bench.facts()
    finally:
        await _done(bench.teardown())
    sides = [Side(label=label, seconds=tuple(seconds)) for label, seconds in zip(bench.labels, (a, b), strict=True)]
    return Result(name=bench.name, a=sides[0], b=sides[1], facts=facts)


async def _done(given: Awaitable[T] | T) -> T:
    return await given if inspect.isawaitable(given) else given


def load(name: str) -> Bench:
    """The bench `name`, imported only now: one may need a camera's libraries, another Qt."""
    bench: Bench = importlib.import_module(f"kiosk.bench.{name}").bench()
    return bench


def main(argv: Sequence[str]) -> int:
    """`kiosk bench NAME [--rounds N]`: rows for people, then one line of JSON, the last of standard output."""
    parser = argparse.ArgumentParser(prog="kiosk bench", description="Measure the kiosk against a limit or a peer, interleaved.")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--rounds", type=int, help="how often each side is measured")
    asked = parser.parse_args(argv)
    if asked.rounds is not None and asked.rounds < 1:
        parser.error("--rounds must be 1 or more")
    bench = load(asked.name)
    rounds = asked.rounds or bench.rounds

    # The bar goes to standard error: a pipe gets rows and JSON only.
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(f"bench {bench.name}", total=rounds)
        result = asyncio.run(run(bench, rounds, tick=lambda: progress.advance(task)))

    table = Table("", "p50 ms", "p99 ms", title=f"{result.name}: ratio {result.ratio:.3f} ({rounds} rounds)")
    for side in (result.a, result.b):
        table.add_row(side.label, f"{side.percentile(0.50) * 1000:.2f}", f"{side.percentile(0.99) * 1000:.2f}")
    for name, value in result.facts.items():
        table.add_row(name, str(value), "")
    Console().print(table)
    print(result.line(), flush=True)
    return 0
