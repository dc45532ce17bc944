"""What every simulator must keep: inherit `SimulatorContract` in a test class and give it a fixture `kind`: your class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import levers, people
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import Kind, Lever


def examples(lever: Lever) -> list[str]:
    """A value for every option of a lever with one parameter; one of nothing for a lever without."""
    if not lever.parameters:
        return [""]
    (one,) = lever.parameters
    match one.kind:
        case Kind.CITIZEN:
            return list(people.citizens())[:3]  # the other nine are no different to a simulator
        case Kind.ON_OFF:
            return ["on", "off"]
        case _:
            return list(one.options)


class SimulatorContract:
    @pytest.fixture
    def spot(self, tmp_path: Path) -> Spot:
        return Spot(wire=tmp_path / "wire", out=tmp_path / "out", arguments={})

    @pytest.fixture
    def simulator(self, kind: type[Simulator], spot: Spot) -> Iterator[Simulator]:
        simulator = kind.set_up(spot)
        yield simulator
        simulator.stop()

    def test_set_up_it_is_as_it_should_be(self, simulator: Simulator) -> None:
        assert {fact: so for fact, so in simulator.stands().items() if so} == {}
        assert simulator.told()

    def test_a_lever_of_a_fact_makes_it_so_and_the_way_back_unmakes_it(self, kind: type[Simulator], simulator: Simulator) -> None:
        found = [one for one in levers.described(kind).values() if one.fact and len(one.parameters) <= 1]
        back = {one.fact: one.name for one in found if one.back and not one.parameters}
        for lever in found:
            for value in examples(lever):
                levers.pull(simulator, lever.name, value)
                expected = lever.to if lever.to is not None else "" if value == "off" else value
                assert simulator.stands().get(lever.fact, "") == expected, f"{lever.name}={value}"
                if lever.fact in back:
                    levers.pull(simulator, back[lever.fact])
                    assert not simulator.stands().get(lever.fact, ""), f"{lever.name}, then {back[lever.fact]}"

    def test_it_stops_twice(self, simulator: Simulator) -> None:
        simulator.stop()
        simulator.stop()
