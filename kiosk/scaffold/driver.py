"""`kiosk new driver`: an installable package with one driver, its entry point and the contract test that says what is left to do."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.devices.device import Device
from kiosk.devices.roles import ROLES
from kiosk.plugins import DRIVERS
from kiosk.scaffold.package import NAME, PROJECT, contract_of, hand_over, imports, methods, needs

KINDS: dict[str, type[Device]] = {role.kind.kind: role.kind for role in ROLES.values()}

DRIVER = '''\
"""{title}: what it owes is written in kiosk.devices.{kind} and tested by tests/test_{kind}.py."""

from __future__ import annotations

{imports}

class {title}({base}):
    """Constructor arguments are the keys of its table in config.toml. Blocking calls go through `self.lane.run(…)`."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
{methods}'''

TEST = '''\
"""{title} keeps what every {kind} must keep. Each red test is something to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kiosk import plugins
from kiosk.testing.{kind} import {contract}
from kiosk_{name}.{kind} import {title}


def test_the_kiosk_finds_it() -> None:
    assert plugins.load(plugins.DRIVERS, "{kind}.{name}") is {title}
    assert {title}(name="one").name == "one"


class Test{title}({contract}):
{needs}'''


def driver(kind: str, name: str, into: Path) -> int:
    """Writes the package `<into>/kiosk-<name>`. Returns the exit status: 2 for a kind or a name that is none, 1 if it is there already."""
    if kind not in KINDS or not NAME.fullmatch(name):
        kinds = ", ".join(sorted(KINDS))
        print(f"kiosk new driver KIND NAME; kinds: {kinds}; a name is small letters, digits and _: acme", file=sys.stderr)
        return 2
    base, contract = KINDS[kind], contract_of(kind)
    title = "".join(part.capitalize() for part in name.split("_")) + base.__name__
    words = {"kind": kind, "name": name, "title": title, "base": base.__name__, "dashed": name.replace("_", "-")}
    body = methods(
        base,
        {
            "open": f'raise Fault("{kind}.absent", Remedy.STAFF, "nothing here reaches it yet")',
            "close": "self.lane.close()",
            "check": "return Report(health=self.health)",
        },
    )
    named = imports(base, body, "kiosk.model.faults.Fault", "kiosk.model.faults.Remedy", "kiosk.model.health.Report")
    test = "".join(needs(contract, base, title, f"{title}()")).rstrip() + "\n"
    project = PROJECT.format(**words, what="a driver", group=DRIVERS, entry=f"{kind}.{name}", module=kind)
    files = {
        "pyproject.toml": project,
        f"kiosk_{name}/{kind}.py": DRIVER.format(**words, imports=named, methods=body),
        f"tests/test_{kind}.py": TEST.format(**words, contract=contract.__name__, needs=test),
    }
    config = f'driver = "{name}" in the table of its role; kiosk doctor then tries it'
    return hand_over(name, into, files, what="driver", keeps=kind, config=config)
