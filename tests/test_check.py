"""`kiosk check` finds what is wrong before a citizen does."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import check, items, plugins
from kiosk.__main__ import main
from kiosk.testing.counter import ROOT

CONFIG = ROOT / "config.toml"


def test_the_house_is_in_order(capsys):
    assert check.main(CONFIG) == 0
    assert "0 problems" in capsys.readouterr().out


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch) -> Path:
    """A package of items in a temporary folder, offered and trusted beside the built-in one."""
    (tmp_path / "hrss").mkdir()
    (tmp_path / "departments.toml").write_text('[hrss]\nicon = "shield-account"\norder = 5\n', "utf-8")
    load = plugins.load

    def offered(group: str, name: str):
        return (lambda: tmp_path) if (group, name) == (plugins.ITEMS, "kiosk") else load(group, name)

    monkeypatch.setattr(plugins, "load", offered)
    return tmp_path / "hrss"


def test_missing_words_operations_roles_and_patterns_are_listed(foreign, capsys):
    text = (items.folder() / "ps-household" / "household-same-name.toml").read_text("utf-8")
    text = text.replace("PSB-POP.countSameName", "PSB-POP.guess").replace('pattern = "han_name"', 'pattern = "klingon"')
    (foreign / "new-one.toml").write_text(text.replace("min = 2\n", ""), "utf-8")
    assert check.main(CONFIG) == 1
    out = capsys.readouterr().out
    for problem in (
        "zh_Hans: no words for item.new-one.title",
        "en: no words for item.new-one.scope.xiamen",
        "new-one: no adapter of config.toml offers PSB-POP.guess",
        "new-one: input name: no pattern klingon",
    ):
        assert problem in out


def test_a_role_without_a_driver_is_listed(tmp_path, capsys):
    lame = tmp_path / "config.toml"
    lame.write_text(CONFIG.read_text("utf-8").replace('[devices.documents]\ndriver = "simulated"\n', ""), "utf-8")
    assert check.main(lame) == 1
    assert "hrss-insurance-cert: no driver for the role documents" in capsys.readouterr().out


def test_the_front_door_says_what_is_wrong_in_one_sentence(tmp_path, capsys):
    bad = tmp_path / "config.toml"
    bad.write_text(CONFIG.read_text("utf-8").replace("hotline", "hotlin"), "utf-8")
    assert main(["check", "--config", str(bad)]) == 1
    assert "station.hotlin — unexpected" in capsys.readouterr().out
    assert main(["tour", "no-such-item"]) == 2
    assert 'no item "no-such-item"' in capsys.readouterr().err
