"""`kiosk doctor`: the service door on a shell, also over ssh beside a running kiosk. Knows everybody, and nothing of Qt."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import sys

import apsw
from rich.console import Console

from kiosk import config, i18n, log, strict
from kiosk.devices.roles import ROLES
from kiosk.doctor import table
from kiosk.doctor.deeds import changed, replaced
from kiosk.doctor.examine import examined
from kiosk.doctor.hands import Hands, OutOfReach
from kiosk.doctor.papers import papers
from kiosk.doctor.shell import Shell
from kiosk.doctor.technicians import technicians
from kiosk.model.faults import Fault
from kiosk.model.words import Word
from kiosk.technician.readiness import Readiness, Verdict, as_json, plain
from kiosk.technician.record import Outcome, Record
from kiosk.technician.roster import SERVICE, BadRoster, Roster
from kiosk.technician.self_test import self_tests

READY, VISIT, USAGE, UNFIT, OUT_OF_REACH = range(5)
STATUS = {Verdict.READY: READY, Verdict.VISIT: VISIT, Verdict.UNFIT: UNFIT}
PRINTS, READS = ("print", "page"), ("read", "card", "echo", "picture", "page")  # names of self-tests, the first that a kind has


def main(options: argparse.Namespace) -> int:
    """Returns one of the statuses above, as `kiosk doctor --help` lists them."""
    log.configure(level=100)  # what a driver logs is told in the table
    settings = config.load(options.config)
    options.language = options.language or settings.station.language
    options.technician = options.technician or f"shell:{getpass.getuser()}"
    out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    try:
        _technicians_only(options.technician, settings)
        with Record(settings.state) as record:
            return asyncio.run(_act(options, settings, record, out))
    except OutOfReach as why:
        print(i18n.say(Word(f"fault.{why}" if "." in str(why) else f"doctor.out_of_reach.{why}"), options.language), file=sys.stderr)
        return OUT_OF_REACH
    except Fault as fault:  # of a printer that this process holds
        print(i18n.say(Word(f"fault.{fault.code}"), options.language), file=sys.stderr)
        return VISIT
    except (apsw.Error, OSError) as error:
        print(f"{settings.state}: {type(error).__name__}", file=sys.stderr)
        return OUT_OF_REACH


def _technicians_only(who: str, settings: config.Config) -> None:
    """Raises strict.Refused where `who` is enrolled as somebody who only helps citizens. A roster that cannot be read names nobody."""
    try:
        one = Roster(settings.technicians).technicians().get(who)
    except BadRoster:
        return
    if one is not None and one.role not in SERVICE:
        raise strict.Refused("kiosk doctor --as", [(who, f"{one.role.value}: the doctor is for technicians")])


async def _act(options: argparse.Namespace, settings: config.Config, record: Record, out: Console) -> int:
    if options.device == "technicians":
        return technicians(options, settings, record)
    if options.words:
        raise strict.Refused("kiosk doctor", [(options.words[0], "unexpected")])
    role = _role(options.device, settings)
    wanted = [options.test] if options.test else [*PRINTS] if options.print else [*READS] if options.read else []
    if wanted:
        return await _test(role, wanted, options, settings, record, out)
    if options.replaced or options.set:
        if not role:
            raise strict.Refused("kiosk doctor", [("", "which device? kiosk doctor DEVICE --replaced … or --set …")])
        if options.replaced:
            replaced(role, options, record)
        changed(role, options, settings, record)
        settings = config.load(options.config)
    readiness = await examined(settings, record, only=role)
    if not role:
        await papers(options, settings, readiness, record)
    if options.json:
        print(json.dumps(as_json(readiness), ensure_ascii=False, indent=2))
    else:
        table.show(readiness, options.language, out, alone=bool(role))
    return _status(readiness, role)


def _status(readiness: Readiness, role: str) -> int:
    if role:
        (device,) = readiness.devices
        return READY if device.health.state.usable and not device.health.code else VISIT
    return STATUS[readiness.verdict]


def _role(word: str, settings: config.Config) -> str:
    """The role that `word` means, "" for none. Raises strict.Refused with what there is."""
    kinds = {role: ROLES[role].kind.kind for role in settings.devices if role in ROLES}
    if not word or word in kinds:
        return word
    of_kind = [role for role, kind in kinds.items() if kind == word]
    if len(of_kind) != 1:
        there = ", ".join(f"{role} ({kind})" for role, kind in kinds.items())
        raise strict.Refused("kiosk doctor", [(word, f"no such device, or more than one; there are: {there}")])
    return of_kind[0]


async def _test(role: str, wanted: list[str], options: argparse.Namespace, settings: config.Config, record: Record, out: Console) -> int:
    if not role:
        raise strict.Refused("kiosk doctor", [("", "which device? kiosk doctor DEVICE --test NAME")])
    offered = {test.name: test for test in self_tests(ROLES[role].kind.kind)}
    test = next((offered[name] for name in wanted if name in offered), None)
    if test is None:
        raise strict.Refused("kiosk doctor", [(role, f"no such test; there are: {', '.join(sorted(offered)) or 'none'}")])
    shell = Shell(options.language, yes=options.yes, quiet=options.json)
    async with Hands(settings, record) as hands:
        result = await hands.test(test, role, options.technician, options.language, shell)
    if options.json:
        print(json.dumps(plain(vars(result)), ensure_ascii=False))
    else:
        table.show_result(result, ROLES[role].kind.kind, options.language, out)
    return READY if result.outcome is Outcome.PASS else VISIT
