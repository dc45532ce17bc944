"""What a technician changes from a shell: a supply that was replaced, a value of a device's table. Both are recorded with who did it."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk import app, strict
from kiosk.config import Config
from kiosk.devices.roles import ROLES
from kiosk.technician.calibration import set_value
from kiosk.technician.record import Record
from kiosk.technician.supplies import SUPPLIES, replace


def replaced(role: str, options: argparse.Namespace, record: Record) -> None:
    """Raises strict.Refused for a supply that this device does not use up."""
    there = {supply: holds for supply, _unit, holds in SUPPLIES.get(ROLES[role].kind.kind, ())}
    if options.replaced not in there:
        raise strict.Refused("kiosk doctor --replaced", [(options.replaced, f"no such supply; there are: {', '.join(there) or 'none'}")])
    holds = options.holds or there[options.replaced]
    if not 0 < holds < 1e6:
        raise strict.Refused("kiosk doctor --holds", [("", "more than nothing")])
    replace(record, options.technician, role, options.replaced, holds)


def changed(role: str, options: argparse.Namespace, settings: Config, record: Record) -> None:
    """`--set KEY=VALUE` in `[devices.<role>]`: what a start would refuse is refused here. It counts from the next visit on."""
    for one in options.set:
        key, equals, value = one.partition("=")
        if not key or not equals:
            raise strict.Refused("kiosk doctor --set", [(one, "KEY=VALUE")])
        set_value(Path(settings.source), f"devices.{role}", key, value, accept=_build)
        record.did(options.technician, "set", f"{role} {key}")


def _build(taken: Config) -> None:
    for device in app.devices(taken).values():
        device.lane.close()
