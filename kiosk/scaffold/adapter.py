"""`kiosk new adapter`: an installable package with one adapter of a department, its entry point and the contract test."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.backoffice import Adapter
from kiosk.plugins import ADAPTERS
from kiosk.scaffold.package import NAME, PROJECT, contract_of, hand_over, imports, methods, needs

ADAPTER = '''\
"""{title}: what it owes is written in kiosk.backoffice and tested by tests/test_adapter.py."""

from __future__ import annotations

{imports}

class {title}(Adapter):
    """Constructor arguments are the keys of its table in config.toml; `system` is the name of that table."""

    def __init__(self, *, system: str, url: str, deadline: float = 10.0) -> None:
        self.operations = frozenset({{f"{{system}}.query"}})  # every operation it answers, as the items name them
        self._url = url
        self._deadline = deadline  # seconds of a whole call, repetitions included
{methods}'''

TEST = '''\
"""{title} keeps what every adapter must keep. Each red test is something to write."""

from __future__ import annotations

from typing import Any

import pytest
from kiosk import plugins
from kiosk.testing.backoffice import {contract}
from kiosk_{name}.adapter import {title}


def test_the_kiosk_finds_it() -> None:
    assert plugins.load(plugins.ADAPTERS, "{name}") is {title}


class Test{title}({contract}):
{needs}'''


def adapter(name: str, into: Path) -> int:
    """Writes the package `<into>/kiosk-<name>`. Returns the exit status: 2 for a name that is none, 1 if it is there already."""
    if not NAME.fullmatch(name):
        print("kiosk new adapter NAME; a name is small letters, digits and _: acme", file=sys.stderr)
        return 2
    contract = contract_of("backoffice")
    title = "".join(part.capitalize() for part in name.split("_")) + "Adapter"
    words = {"name": name, "title": title, "dashed": name.replace("_", "-")}
    nowhere = 'raise Fault("backoffice.asleep", Remedy.LATER, "nothing here reaches it yet")'
    body = methods(Adapter, {"call": nowhere, "close": "return"})
    named = imports(Adapter, body, "kiosk.model.faults.Fault", "kiosk.model.faults.Remedy")
    made = f'{title}(system="ACME", url="https://department.example", deadline=2.0)'
    test = "".join(needs(contract, Adapter, title, made)).rstrip() + "\n"
    files = {
        "pyproject.toml": PROJECT.format(**words, what="an adapter of a department", group=ADAPTERS, entry=name, module="adapter"),
        f"kiosk_{name}/adapter.py": ADAPTER.format(**words, imports=named, methods=body),
        "tests/test_adapter.py": TEST.format(**words, contract=contract.__name__, needs=test),
    }
    config = f'adapter = "{name}" in the table [departments.<SYSTEM>]; kiosk check then reads it'
    return hand_over(name, into, files, what="adapter", keeps="adapter", config=config)
