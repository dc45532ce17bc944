"""A calibration changes one value of config.toml, keeps all else, and refuses what a start would refuse."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk import app, config, strict, whole_file
from kiosk.technician.calibration import set_value
from kiosk.testing.counter import ROOT


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text((ROOT / "config.toml").read_text("utf-8"), "utf-8")
    return path


def build(taken: config.Config) -> None:
    for device in app.devices(taken).values():
        device.lane.close()


def test_one_value_changes_and_every_comment_stays(place: Path):
    before = place.read_text("utf-8")
    set_value(place, "devices.receipts", "width", "384", accept=build)
    after = place.read_text("utf-8")
    assert config.load(place).devices["receipts"]["width"] == 384
    assert set(before.splitlines()) - set(after.splitlines()) == set()
    assert [line for line in after.splitlines() if line not in before.splitlines()] == ["width = 384"]
    assert place.with_name("config.toml.before").read_text("utf-8") == before
    set_value(place, "devices.receipts", "width", "576", accept=build)
    assert "width = 576" in place.read_text("utf-8")
    assert place.with_name("config.toml.before").read_text("utf-8") == after
    assert sorted(path.name for path in place.parent.iterdir()) == ["config.toml", "config.toml.before"]


@pytest.mark.parametrize(
    ("table", "key", "written", "told"),
    [
        ("devices.receipts", "widht", "384", "devices.receipts.widht — unexpected"),
        ("devices.receipts", "width", "wide", "devices.receipts.width"),
        ("devices.toaster", "width", "1", "devices.toaster — no such table"),
        ("station", "id", '"not an id!"', "station.id"),
        ("payments", "options", "3", "payments.options"),
        ("station.name", "x", "1", "no such table"),
    ],
)
def test_what_a_start_would_refuse_is_refused_and_nothing_is_written(place: Path, table, key, written, told):
    before = place.read_bytes()
    with pytest.raises(strict.Refused) as refused:
        set_value(place, table, key, written, accept=build)
    assert told in str(refused.value) and str(place) in str(refused.value)
    assert place.read_bytes() == before
    assert [path.name for path in place.parent.iterdir()] == ["config.toml"]


def test_what_is_no_toml_is_text(place: Path):
    set_value(place, "station", "place", "火车站 1 号口", accept=build)
    assert config.load(place).station.place == "火车站 1 号口"
    set_value(place, "station", "place", 'x"\nid = "y', accept=build)
    assert config.load(place).station.place == 'x"\nid = "y' and config.load(place).station.id == "XM0001"


def test_a_disk_that_fails_leaves_the_old_file(place: Path, monkeypatch):
    before = place.read_bytes()

    def fails(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="no space"):
        set_value(place, "station", "place", "x", accept=build)
    assert place.read_bytes() == before
    assert [path.name for path in place.parent.iterdir()] == ["config.toml"]


def test_a_file_that_is_written_whole_keeps_its_mode_and_its_link(tmp_path: Path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    whole_file.write(link, b"new")
    assert link.is_symlink() and real.read_bytes() == b"new" and real.stat().st_mode & 0o777 == 0o640
