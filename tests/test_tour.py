"""Whole visits on the real glass, offscreen, by real touches: what `kiosk tour` shows is what a citizen gets."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.testing.counter import ROOT
from kiosk.tour.ends import ENDS


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The shipped terminal without the moves in front of the camera, eight seconds a visit; one test here makes them."""
    shipped = (ROOT / "config.toml").read_text("utf-8")
    without = shipped.replace('pad = "challenge"', 'pad = "none"')
    assert without != shipped
    path = tmp_path_factory.mktemp("quick") / "config.toml"
    path.write_text(without, "utf-8")
    return ["--config", str(path)]


def tour(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "tour", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=280, check=False
    )


@pytest.mark.parametrize(
    ("item", "arguments", "papers"),
    [
        ("hrss-insurance-cert", [], {"png": 1, "pdf": 1}),
        ("traffic-fine-pay", ["--care", "--landscape"], {"png": 1, "pdf": 0}),
        ("leave-message", ["--language", "en"], {"png": 1, "pdf": 0}),  # Chinese is typed on an English glass
    ],
)
def test_an_item_is_served_and_every_screen_leaves_its_picture(tmp_path: Path, quick, item, arguments, papers):
    done = tour(item, "--pictures", str(tmp_path), *arguments, *([] if item == "hrss-insurance-cert" else quick))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    line = re.search(rf"^{item}: served, (\d+) screens, (\d+) touches, (\d+\.\d) machine seconds$", done.stdout, re.M)
    assert line, done.stdout
    screens = list((tmp_path / item).glob("[0-9][0-9]-*.png"))
    assert len(screens) == int(line[1])
    assert all(picture.stat().st_size > 3_000 for picture in screens)
    assert len(list((tmp_path / item).rglob("receipt-*.png"))) == papers["png"]
    assert len(list((tmp_path / item).rglob("*.pdf"))) == papers["pdf"]


@pytest.mark.parametrize(
    ("item", "arguments", "ending"),
    [
        ("hrss-insurance-cert", ["--lever", "face_camera.show=c02"], "fault identity.not_the_same"),
        ("traffic-fine-pay", ["--lever", "sandbox.department=psb-tms:asleep@pay"], "fault backoffice.asleep"),
        ("traffic-fine-pay", ["--citizen", "c05"], "lost"),
    ],
)
def test_what_goes_wrong_is_one_line_and_an_exit_status(quick, item, arguments, ending):
    done = tour(item, *arguments, *quick)
    assert done.returncode == 1
    assert re.search(rf"^{item}: {ending}", done.stdout, re.M), done.stdout + done.stderr


def test_an_end_is_played_and_held_to_its_word(tmp_path: Path, quick):
    done = tour("--ends", "walked-away", "left", "--pictures", str(tmp_path), *quick)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 of 2 ends as they must be" in done.stdout
    assert (tmp_path / "walked-away" / "still-there.png").exists()


class Ledger:
    def ledger(self):
        return {"paid_fen": 100, "refunded_fen": 0}


def test_an_end_that_is_another_one_is_told(tmp_path: Path):
    end = next(end for end in ENDS if end.name == "refunded")
    told = list(end.broken("served, 3 screens", Ledger(), tmp_path))
    assert [line.split()[0] for line in told] == ["it", "money", "0"]


def test_a_lever_is_pulled_when_the_visit_reaches_its_step(tmp_path: Path, quick):
    done = tour("household-same-name", "--pictures", str(tmp_path), "--lever", "receipts.take_paper_out@deliver", *quick)
    assert "      receipts.take_paper_out@deliver\n" in done.stdout, done.stdout + done.stderr
    assert list(tmp_path.rglob("receipt-*.png")) == []


def test_what_there_is_not_is_refused_with_what_there_is():
    done = tour("household-same-name", "--lever", "receipts.eat_paper", "--lever", "tower.ring", "--lever", "receipts.put_paper@pay")
    assert done.returncode == 2
    assert 'receipts: no lever "eat_paper"; there are: take_paper_out' in done.stderr
    assert 'no part "tower"; there are: id_card' in done.stderr
    assert 'no step "pay" on this way; there are: start' in done.stderr


def test_every_lever_is_listed():
    done = tour("--levers")
    assert done.returncode == 0
    assert re.search(r"^id_card\.put_card=CITIZEN ", done.stdout, re.M)
    assert re.search(r"^sandbox\.department=psb-pop\|.*…:asleep\|", done.stdout, re.M)


def test_a_technician_goes_through_the_door_before_a_citizen_is_served(tmp_path: Path, quick):
    item = "household-same-name"
    done = tour(item, "--door", "--pictures", str(tmp_path), *quick)
    assert done.returncode == 0, done.stdout + done.stderr
    seen = [picture.stem.partition("-")[2] for picture in sorted((tmp_path / item).glob("[0-9][0-9]-*.png"))]
    for screen in (
        "ServiceDoorView",
        "ServiceView",
        "ServiceTaskView-asked",
        "ServiceTaskView-done",
        "ServiceChecksView",
        "ServicePapersView",
        "DailyPointView-asked",
        "DailyView-done",
    ):
        assert screen in seen
    assert seen.index("HomeView") > max(place for place, name in enumerate(seen) if name.startswith("Service"))
    assert tour(item, "traffic-fine-pay", "--door").returncode == 2
