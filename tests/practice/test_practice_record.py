"""The training record: one file of the terminal itself, a badge when no case is left, a slip that says what it is."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest

from kiosk import strict
from kiosk.model.codes import BADGE
from kiosk.model.zone import CHINA
from kiosk.paper.slip import write
from kiosk.practice import forget
from kiosk.practice.cases import cases
from kiosk.practice.certificate import slip
from kiosk.practice.mark import Mark
from kiosk.practice.record import Record, Volunteer, name_of, total

DAY = "2026-11-27"


def tried(case: str, score: int = 90, *, passed: bool = True) -> Mark:
    return Mark(case=case, score=score, of=100, met=(True,), passed=passed)


def everything(record: Record, name: str) -> Volunteer:
    for case in cases():
        one = record.add(name, tried(case.id), hints=0, on=DAY)
    return one


def test_what_was_tried_is_kept_and_printed(tmp_path: Path) -> None:
    record = Record(tmp_path / "state")
    assert record.lines() == []
    record.add("小李", tried("fine", 40, passed=False), hints=2, on=DAY)
    record.add("小李", tried("fine", 85), hints=0, on=DAY)
    again = Record(tmp_path / "state")
    best = again.of("小李").best("fine")
    assert best is not None
    assert (best.score, best.passed) == (85, True)
    assert again.lines() == [
        "小李: 1 of 10 passed, no badge yet",
        f"  {DAY}  fine         40 of 100, 2 hints",
        f"  {DAY}  fine         85 of 100, passed",
    ]
    assert again.path.stat().st_mode & 0o777 == 0o600


def test_the_badge_comes_with_the_last_case_and_stays(tmp_path: Path) -> None:
    record = Record(tmp_path)
    for case in cases()[:-1]:
        assert record.add("甲", tried(case.id), hints=0, on=DAY).badge == ""
    one = record.add("甲", tried(cases()[-1].id), hints=0, on=DAY)
    assert BADGE.reads(one.badge)
    assert record.add("甲", tried("fine", 0, passed=False), hints=0, on=DAY).badge == one.badge
    assert everything(record, "乙").badge != one.badge
    assert total(record.of("甲"), cases()) == (900, 1000)


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "practice.json").write_text('{"volunteers": {"甲": {"tries": 3}}}', "utf-8")
    with pytest.raises(strict.Refused):
        Record(tmp_path).add("甲", tried("fine"), hints=0, on=DAY)
    assert "3" in (tmp_path / "practice.json").read_text("utf-8")


@pytest.mark.parametrize(("written", "kept"), [(" 小李   07 ", "小李 07"), ("", ""), ("   ", ""), ("x" * 41, ""), ("a\u202eb", "")])
def test_a_name_is_short_and_printable(written: str, kept: str) -> None:
    assert name_of(written) == kept


class Words:
    """Paper that only keeps what is written on it."""

    def __init__(self) -> None:
        self.warnings: list[object] = []

    def warning(self, text: object) -> None:
        self.warnings.append(text)

    def __getattr__(self, name: str) -> object:
        return lambda *arguments: None


def test_the_certificate_says_that_it_is_practice(tmp_path: Path) -> None:
    one = everything(Record(tmp_path), "小李")
    written = slip("小李", one, "站点", "0592-12345", datetime(2026, 11, 27, tzinfo=CHINA))
    assert (written.practice, written.qr) == (True, one.badge)
    paper = Words()
    write(written, paper)  # type: ignore[arg-type]
    assert [getattr(text, "key", "") for text in paper.warnings] == ["paper.practice"]


def test_who_is_forgotten_leaves_nothing_but_a_number_that_nobody_gets_again(tmp_path: Path, monkeypatch, capsys) -> None:
    record = Record(tmp_path)
    record.add("小王", tried("fine"), hints=0, on=DAY)
    one = everything(record, "小李")
    record.pictures.mkdir()
    picture = record.pictures / f"{one.badge}.png"
    picture.write_bytes(b"")
    monkeypatch.setattr("sys.stdin", io.StringIO(" 小李 \n"))
    assert forget(record, "小李") == 0
    assert f"nobody else is given {one.badge}" in capsys.readouterr().out
    assert list(record.read().volunteers) == ["小王"]
    assert "小李" not in record.path.read_text("utf-8") and not picture.exists()
    assert record.path.stat().st_mode & 0o777 == 0o600
    assert everything(record, "小张").badge == f"VOL-{int(one.badge.removeprefix('VOL-')) + 1}"


@pytest.mark.parametrize("answer", ["", "\n", "y\n", "小王\n"])
def test_nobody_is_forgotten_without_their_name_written_again(tmp_path: Path, monkeypatch, capsys, answer: str) -> None:
    record = Record(tmp_path)
    record.add("小李", tried("fine"), hints=0, on=DAY)
    before = record.path.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert forget(record, "小李") == 1
    assert "Nothing was deleted." in capsys.readouterr().err
    assert record.path.read_bytes() == before


def test_who_is_not_there_cannot_be_forgotten(tmp_path: Path, capsys) -> None:
    assert forget(Record(tmp_path), "小李") == 1
    assert "--record" in capsys.readouterr().err
