"""Pinyin: whole names and words, rare characters too, and no trace of what was typed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.model.faults import Fault
from kiosk.screens.keyboard import rime
from kiosk.screens.keyboard.input_method import Composition
from kiosk.screens.keyboard.pinyin import DATA, LIMIT, Pinyin


@pytest.fixture
def pinyin() -> Iterator[Pinyin]:
    method = Pinyin()
    yield method
    method.close()


def feed(method: Pinyin, letters: str) -> Composition:
    composition = Composition()
    for letter in letters:
        composition = method.feed(letter)
    return composition


@pytest.mark.parametrize(("letters", "text"), [("wangwei", "王伟"), ("zhongguo", "中国"), ("xiamenshi", "厦门市"), ("lvse", "绿色")])
def test_letters_become_words(pinyin: Pinyin, letters: str, text: str) -> None:
    feed(pinyin, letters)
    found = pinyin.candidates(0, 8)
    assert text in found
    assert pinyin.choose(found.index(text)) == Composition(committed=text)


def test_a_whole_sentence_comes_first(pinyin: Pinyin) -> None:
    feed(pinyin, "womenzaixiamenbanshi")
    assert pinyin.candidates(0, 1) == ("我们在厦门办事",)


def test_a_name_character_by_character(pinyin: Pinyin) -> None:
    assert feed(pinyin, "wangsheng").text == "wang sheng"
    rest = pinyin.choose(pinyin.candidates(0, 50).index("王"))
    assert (rest.text, rest.committed) == ("王sheng", "")
    assert pinyin.choose(pinyin.candidates(0, 50).index("晟")).committed == "王晟"


@pytest.mark.parametrize(
    ("letters", "character"),
    # the last four are full forms that simplification folds away, and that stand on people's cards all the same
    [("cuan", "爨"), ("qi", "亓"), ("nie", "乜"), ("er", "佴"), ("she", "厍"), ("kun", "堃"), ("zhe", "喆"), ("ao", "奡"),
     ("sheng", "昇"), ("ning", "甯"), ("qian", "騫"), ("zhong", "鍾")],
)  # fmt: skip
def test_rare_characters_of_names_are_reachable(pinyin: Pinyin, letters: str, character: str) -> None:
    feed(pinyin, letters)
    everything = pinyin.candidates(0, 5000)
    assert len(set(everything)) == len(everything)
    assert pinyin.choose(everything.index(character)) == Composition(committed=character)


def test_a_full_form_fits_into_a_name(pinyin: Pinyin) -> None:
    feed(pinyin, "wangsheng")
    pinyin.choose(pinyin.candidates(0, 50).index("王"))
    assert pinyin.choose(pinyin.candidates(0, 5000).index("昇")).committed == "王昇"
    feed(pinyin, "guojia")
    assert pinyin.candidates(0, 1) == ("国家",)  # and simplification is on again


def test_pages_join_without_a_gap(pinyin: Pinyin) -> None:
    feed(pinyin, "sheng")
    whole = pinyin.candidates(0, 500)
    assert tuple(text for start in range(0, len(whole), 7) for text in pinyin.candidates(start, 7)) == whole
    assert pinyin.candidates(len(whole), 7) == ()


def test_backspace_takes_back_letters_and_choices(pinyin: Pinyin) -> None:
    feed(pinyin, "wangsheng")
    pinyin.choose(pinyin.candidates(0, 50).index("王"))
    texts = [pinyin.backspace().text for _ in range(10)]
    assert texts[0] == "wangsheng"
    assert texts[-1] == ""
    assert pinyin.backspace() == Composition()


def test_clear_forgets(pinyin: Pinyin) -> None:
    feed(pinyin, "wangwei")
    assert pinyin.clear() == Composition()
    assert pinyin.candidates(0, 5) == ()


def test_what_is_no_letter_is_refused(pinyin: Pinyin) -> None:
    for wrong in ("A", "1", "王", "", "ab", "\n"):
        with pytest.raises(ValueError, match="not a letter"):
            pinyin.feed(wrong)
    feed(pinyin, "wo")
    with pytest.raises(IndexError):
        pinyin.choose(9999)
    with pytest.raises(IndexError):
        pinyin.choose(-1)


def test_ten_thousand_letters_are_bounded(pinyin: Pinyin) -> None:
    assert len(feed(pinyin, "s" * 10_000).text) <= LIMIT + 1
    assert pinyin.candidates(0, 1)


def test_traditional() -> None:
    method = Pinyin(traditional=True)
    feed(method, "zhongguo")
    assert method.candidates(0, 1) == ("中國",)
    method.close()
    method.close()


def test_two_citizens_do_not_meet(pinyin: Pinyin) -> None:
    other = Pinyin()
    feed(pinyin, "wangwei")
    assert other.candidates(0, 1) == ()
    other.close()
    assert pinyin.candidates(0, 1) == ("王伟",)


def test_choosing_teaches_nothing(pinyin: Pinyin) -> None:
    feed(pinyin, "wangwei")
    before = pinyin.candidates(0, 10)
    for _ in range(20):
        pinyin.choose(5)
        feed(pinyin, "wangwei")
    assert pinyin.candidates(0, 10) == before


def test_without_the_dictionary(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"keyboard\.no_chinese.*rime-data-luna-pinyin"):
        Pinyin(data=tmp_path)


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").symlink_to(DATA)  # another place: the first one is loaded once a process
    monkeypatch.setattr(rime, "LIBRARY", "librime-that-is-not-there.so.1")
    with pytest.raises(Fault, match=r"keyboard\.no_chinese.*librime1 is not installed"):
        Pinyin(data=tmp_path / "data")


TYPIST = """
import os
from kiosk.screens.keyboard.pinyin import Pinyin

def written():  # bytes handed to write(2) and its kin by this process, to files and to terminals alike
    return next(int(line.split()[1]) for line in open("/proc/self/io") if line.startswith("wchar"))

method = Pinyin()
before = written()
for _ in range(50):
    for letter in "wangweisheng":
        method.feed(letter)
    while not method.choose(3).committed:
        pass
    method.feed("w"); method.clear()
method.close()
print(written() - before, [line for line in open("/proc/self/maps") if line.split()[1].startswith("rw-s")])
"""


def test_nothing_typed_reaches_the_disk(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    known = {path: path.stat().st_mtime_ns for folder in (rime.BUILT, DATA, DATA / "build") for path in folder.iterdir()}
    environment = {**os.environ, "HOME": str(home), "TMPDIR": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[3])
    done = subprocess.run([sys.executable, "-c", TYPIST], cwd=home, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "0 []"
    assert done.stderr == ""
    assert list(home.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for folder in (rime.BUILT, DATA, DATA / "build") for path in folder.iterdir()} == known
