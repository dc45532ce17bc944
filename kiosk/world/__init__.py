"""WORLD: everything around the terminal that is simulated, part by part, with the levers that each part declares. No Qt.

The dev dock paints it, `kiosk tour --lever` pulls at it, both through the same names: a part is called by its role in config.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk import i18n, levers, people, plugins
from kiosk.config import Config
from kiosk.devices.roles import ROLES
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import Kind, Lever, Part, WrongLever
from kiosk.world import sandbox
from kiosk.world.panel import keys, panel


def simulators(settings: Config) -> dict[str, type[Simulator]]:
    """role → the simulator of the driver that config.toml names there; roles of real hardware are absent."""
    offered = plugins.offered(plugins.SIMULATORS)
    named = {role: f"{ROLES[role].kind.kind}.{table.get('driver')}" for role, table in settings.devices.items() if role in ROLES}
    return {role: plugins.load(plugins.SIMULATORS, name) for role, name in named.items() if name in offered}


def parts(settings: Config) -> dict[str, type[Part]]:
    """What there would be in the world of `settings`, by name."""
    return {**simulators(settings), **sandbox.PARTS}


def missing_words() -> Iterator[str]:
    """What the parts of every installed package, used or not, lack in any language."""
    kinds = [plugins.load(plugins.SIMULATORS, name) for name in plugins.offered(plugins.SIMULATORS)]
    for kind in (*kinds, *sandbox.PARTS.values()):
        for key in keys(kind.kind, levers.described(kind)):
            yield from i18n.lacking(key)


class World:
    """Simulators for the roles that config.toml calls simulated, and `more` parts by name. Levers may be pulled from any thread.

    `folder` is for wires, `papers` for what comes out, a folder a role. `wires`: place in the configuration → what a serving process
    is told instead.
    """

    def __init__(self, settings: Config, folder: Path, papers: Path, more: Mapping[str, Part] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.wires: dict[str, Any] = {}
        self.parts: dict[str, Part] = {}
        self._simulators: dict[str, Simulator] = {}
        try:
            for role, kind in simulators(settings).items():
                simulator = kind.set_up(Spot(wire=folder / role, out=papers / role, arguments=settings.devices[role]))
                self._simulators[role] = simulator
                self.wires |= {f"devices.{role}.{argument}": value for argument, value in simulator.told().items()}
        except BaseException:
            self.stop()
            raise
        self.parts |= self._simulators | dict(more or {})

    def pull(self, role: str, lever: str, value: str = "") -> None:
        """Raises WrongLever for what there is not, and what the lever itself raises."""
        if role not in self.parts:
            raise WrongLever(f'no part "{role}" in this world; there are: {", ".join(self.parts)}')
        known_value(role, type(self.parts[role]), lever, value)
        levers.pull(self.parts[role], lever, value)

    def stands(self) -> dict[str, dict[str, str]]:
        """role → fact → what is so. Facts that are as they should be are left out."""
        return {role: {fact: so for fact, so in part.stands().items() if so} for role, part in self.parts.items()}

    def papers(self) -> dict[str, list[Path]]:
        """role → what has come out, the newest first; roles that bring out paper at all."""
        found = {role: simulator.papers() for role, simulator in self._simulators.items() if brings_paper(type(simulator))}
        return {role: sorted(paths, key=_age, reverse=True) for role, paths in found.items()}

    def described(self) -> list[dict[str, Any]]:
        """Every part as `panel` lays it out."""
        return [panel(role, type(part), paper=brings_paper(type(part))) for role, part in self.parts.items()]

    def stop(self) -> None:
        """May be called twice."""
        for simulator in self._simulators.values():
            simulator.stop()


def brings_paper(kind: type[Part]) -> bool:
    return issubclass(kind, Simulator) and kind.papers is not Simulator.papers


def known_value(role: str, kind: type[object], lever: str, value: str) -> Lever:
    """The lever, if `value` will do for it. Raises WrongLever."""
    try:
        arguments = levers.read(kind, lever, value)
    except WrongLever as wrong:
        raise WrongLever(f"{role}: {wrong}") from None
    found = levers.described(kind)[lever]
    for one in found.parameters:
        if one.kind is Kind.CITIZEN and arguments.get(one.name, one.default) not in people.citizens():
            raise WrongLever(f'{role}: no citizen "{arguments.get(one.name, "")}"; there are: {", ".join(people.citizens())}')
    return found


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name
