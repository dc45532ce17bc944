"""`kiosk doctor technicians add | remove | unlock | list`: who may open the service door. Whoever has this shell decides it."""

from __future__ import annotations

import argparse
import sys

import qrcode

from kiosk import i18n, strict
from kiosk.config import Config
from kiosk.model.words import Word
from kiosk.technician.gate import LOCKED_AT, Gate
from kiosk.technician.record import Record
from kiosk.technician.roster import BadRoster, Role, Roster


def technicians(options: argparse.Namespace, settings: Config, record: Record) -> int:
    """Returns 0; raises strict.Refused for what a person typed wrongly."""
    roster = Roster(settings.technicians)
    action, id = (*options.words, "", "")[:2]
    try:
        match action:
            case "add":
                _add(id, options, settings, roster, record)
            case "remove" if roster.remove(id):
                record.did(options.technician, "removed", id)
            case "unlock" if id in roster.technicians():
                Gate(roster, record).unlock(id, options.technician)
            case "" | "list":
                gate = Gate(roster, record)
                for one in roster.technicians().values():
                    locked = gate.failures(one.id) >= LOCKED_AT
                    print(f"{one.id}  {one.role.value}{'  ' + i18n.say(Word('gate.locked'), options.language) if locked else ''}")
            case "remove" | "unlock":
                raise strict.Refused("kiosk doctor technicians", [(id, "nobody of this name")])
            case _:
                raise strict.Refused("kiosk doctor technicians", [(action, "add, remove, unlock or list")])
    except BadRoster as bad:
        raise strict.Refused(str(settings.technicians), [("", str(bad))]) from None
    return 0


def _add(id: str, options: argparse.Namespace, settings: Config, roster: Roster, record: Record) -> None:
    try:
        enrolled = roster.enrol(id, Role(options.role), settings.station.id)
    except ValueError as why:
        raise strict.Refused("kiosk doctor technicians add", [(id or "NAME", str(why))]) from None
    record.did(options.technician, "enrolled", id)
    print(i18n.say(Word("doctor.enrolled", id=id, pin=enrolled.pin), options.language))
    print(enrolled.otpauth)
    code = qrcode.QRCode(border=2)
    code.add_data(enrolled.otpauth)
    code.print_ascii(out=sys.stdout, invert=True)
