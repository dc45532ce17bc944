"""docs/departments.md is true: its tables are taken, its limits and faults are the code's."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

import pytest

from kiosk import plugins, strict
from kiosk.backoffice.rest import RestAdapter
from kiosk.http.document import DEPTH
from kiosk.sandbox.sm_keys import Keys

PAGE = (Path(__file__).resolve().parents[2] / "docs/departments.md").read_text("utf-8")
TABLES = [
    (system, table)
    for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    for system, table in tomllib.loads(block)["departments"].items()
]


@pytest.mark.parametrize(("system", "table"), TABLES, ids=lambda one: one if isinstance(one, str) else "")
async def test_every_table_of_the_page_is_taken(system, table, tmp_path, file):
    told = Keys(tmp_path).told()
    held = {"secret_file": told["secret"], "key_file": told["key"], "peer_key_file": told["peer_key"]}
    arguments = {key: file(key, held[key]) if key in held else value for key, value in table.items() if key != "adapter"}
    adapter = strict.build(plugins.load(plugins.ADAPTERS, table["adapter"]), arguments, "config.toml", system, system=system)
    assert adapter.operations
    await adapter.close()


def test_the_page_names_every_adapter_that_is_installed():
    named = re.search(r'adapter = "rest" +# (.*)', PAGE)
    assert named and set(named[1].split(", ")) == set(plugins.offered(plugins.ADAPTERS))


def test_the_limits_of_the_page_are_those_of_the_code():
    defaults = {name: one.default for name, one in inspect.signature(RestAdapter).parameters.items()}
    assert (defaults["deadline"], defaults["size_cap"], defaults["retries"]) == (10.0, 1_000_000, 2)
    assert (defaults["breaker_after"], defaults["breaker_rest"], DEPTH) == (5, 30.0, 24)
    for said in ("deadline = 10.0", "1 MB", "24 levels", "repeated twice", "Five failures", "30 s"):
        assert said in PAGE
