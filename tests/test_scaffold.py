"""A new item is one file: made by a command, checked, and served from a folder beside the house."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import app, config, i18n, scaffold
from kiosk.flow.visit import Ending
from kiosk.testing.counter import attend, counter, settings
from kiosk.testing.stage import ScriptedStage


@pytest.fixture(autouse=True)
def forget_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_added", {})


async def test_an_item_from_a_folder_is_offered_and_served(sandbox, state, tmp_path: Path) -> None:
    assert scaffold.item("ps-household", "household-new-count", tmp_path) == 0
    taken = settings(sandbox.url, state, items=["kiosk", f"{tmp_path}/"])
    async with counter(taken) as desk:
        stage = ScriptedStage("household-new-count")
        served = await attend(desk, stage, taken)
    assert served.ending is Ending.SERVED
    assert i18n.say(stage.seen[2].title, "zh_Hans") == "事项名称"


def test_nothing_is_overwritten_and_no_odd_name_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scaffold.item("ps-household", "household-new-count", tmp_path) == 0
    assert scaffold.item("ps-household", "household-new-count", tmp_path) == 1
    assert scaffold.item("ps-household", "Neu!", tmp_path) == 2
    assert "no id of an item" in capsys.readouterr().err


def test_a_folder_cannot_reword_the_house(state, tmp_path: Path) -> None:
    scaffold.item("ps-household", "household-new-count", tmp_path)
    place = tmp_path / "ps-household" / "household-new-count.toml"
    place.write_text(place.read_text("utf-8").replace('"title" =', '"unit.xm-hrss" ='), "utf-8")
    taken = settings("http://127.0.0.1:1", state, items=["kiosk", f"{tmp_path}/"])
    with pytest.raises(config.strict.Refused, match="has words already"):
        app.shelves(taken)
