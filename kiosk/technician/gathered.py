"""Puts together what is known of a terminal: what its devices said, their record, one round of checks, what can be offered with that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kiosk import items
from kiosk.config import Config
from kiosk.model.item import Department
from kiosk.model.zone import CHINA
from kiosk.technician.checks.everything import Round
from kiosk.technician.checks.versions import versions
from kiosk.technician.offer import offer
from kiosk.technician.readiness import Readiness, Station
from kiosk.technician.record import Record
from kiosk.technician.view import Looked, remembered


def gathered(
    config: Config, record: Record, looked: Sequence[Looked], found: Round, departments: Sequence[Department], *, serving: bool
) -> Readiness:
    """`serving`: the devices belong to a process that serves. Blocks (files are hashed); for a thread."""
    devices = tuple(remembered(one, record) for one in looked)
    usable = {device.role for device in devices if device.health.state.usable}
    source = Path(config.source).resolve()
    catalogue = [items.folder(), *(source.parent / one for one in config.items if "/" in one)]
    return Readiness(
        station=station(config),
        at=datetime.now(CHINA),
        serving=serving,
        devices=devices,
        checks=found.checks,
        offer=offer(departments, usable, found.dead),
        versions=versions(source, catalogue),
    )


def station(config: Config) -> Station:
    here, service = config.station, config.service
    return Station(
        id=here.id, name=here.name, place=here.place, hotline=here.hotline, maintainer=service.maintainer, phone=service.phone
    )
