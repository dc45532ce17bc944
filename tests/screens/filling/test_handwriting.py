"""Handwriting: what a hand writes stands among the first candidates; without library or model it says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from strokes import CHARACTERS, strokes

from kiosk.model.faults import Fault
from kiosk.screens.keyboard import opencc, zinnia
from kiosk.screens.keyboard.handwriting import COUNT, MODEL, MOST_STROKES, SIDE, SURE, Handwriting, _centred

OTHER_ORDER = ("山", "过")  # written here as schools teach it; the model knows 山 from the left, and 过 from its 辶 (0046)


@pytest.mark.parametrize("character", [one for one in CHARACTERS if one not in OTHER_ORDER])
def test_what_was_written_is_among_the_first(character: str) -> None:
    assert character in Handwriting().read(strokes(character))[:8]


@pytest.mark.parametrize("character", OTHER_ORDER)
def test_what_the_model_knows_in_another_order_is_found_and_pushes_nothing_likelier_back(character: str) -> None:
    reader, drawn = Handwriting(), strokes(character)
    sure = [one for one, _ in reader._zinnia.classify(_centred([[(x, y) for x, y in stroke] for stroke in drawn]), SIDE, COUNT)]
    assert character not in sure
    found = reader.read(drawn)
    assert list(found[:SURE]) == sure[:SURE] and character in found[SURE : SURE + len(drawn) - 1]


def test_who_is_told_to_stop_asks_no_further() -> None:
    told = iter([False, False, True])
    assert Handwriting().read(strokes("明"), 1.0, lambda: next(told)) == ()
    assert next(told, None) is None


def test_most_are_the_very_first() -> None:
    reader = Handwriting()
    assert sum(reader.read(strokes(one))[0] == one for one in CHARACTERS) >= 16


@pytest.mark.parametrize(("size", "left", "top"), [(0.2, 0.0, 0.0), (0.3, 0.7, 0.6), (30.0, -5.0, 2.0)])
def test_where_and_how_large_it_was_written_says_nothing(size: float, left: float, top: float) -> None:
    moved = [[[x * size + left, y * size + top] for x, y in stroke] for stroke in strokes("明")]
    assert Handwriting().read(moved)[0] == "明"


def test_a_wide_field_does_not_squeeze_what_stands_in_it() -> None:
    squeezed = [[[x / 2.5, y] for x, y in stroke] for stroke in strokes("口")]
    assert Handwriting().read(squeezed, 2.5) == Handwriting().read(strokes("口"))


def test_strokes_of_several_touches_are_kept_apart() -> None:
    two, one = strokes("十"), [strokes("十")[0] + strokes("十")[1]]
    assert Handwriting().read(two)[0] == "十"
    assert Handwriting().read(one)[0] != "十"


def test_nothing_and_a_dot_and_scribbling_without_end() -> None:
    reader = Handwriting()
    assert reader.read([]) == reader.read([[]]) == ()
    assert reader.read([[[0.5, 0.5]]])
    endless = [[[n % 7 / 7, n % 11 / 11], [n % 5 / 5, 0.3]] for n in range(2_000)]
    assert reader.read(endless) == reader.read(endless[:MOST_STROKES])
    assert len(reader.read(endless)) <= COUNT


def test_nothing_is_kept_from_one_character_to_the_next() -> None:
    reader = Handwriting()
    before = reader.read(strokes("大"))
    reader.read(strokes("厦"))
    assert reader.read(strokes("大")) == before == Handwriting().read(strokes("大"))


def test_full_forms_stand_before_the_short_ones() -> None:
    found = Handwriting(full_forms=True).read(strokes("门"))
    assert found.index("門") + 1 == found.index("门")
    assert len(set(found)) == len(found)
    assert "門" not in Handwriting().read(strokes("门"))


def test_without_a_converter_there_are_the_short_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opencc, "LIBRARY", "libopencc-nowhere.so.9")
    opencc._opened.cache_clear()
    try:
        assert Handwriting(full_forms=True).read(strokes("门")) == Handwriting().read(strokes("门"))
    finally:
        opencc._opened.cache_clear()


def test_without_the_model(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"keyboard\.no_handwriting.*tegaki-zinnia-simplified-chinese is not installed"):
        Handwriting(model=tmp_path / "handwriting-zh_CN.model")


@pytest.mark.parametrize("share", [0, 100, 100_000])
def test_a_model_that_is_broken(tmp_path: Path, share: int) -> None:
    broken = tmp_path / "broken.model"
    broken.write_bytes(MODEL.read_bytes()[:share])
    with pytest.raises(Fault, match=r"keyboard\.no_handwriting.*is not a model"):
        Handwriting(model=broken)


def test_without_the_library_and_with_a_wrong_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tmp_path / "some.model"
    model.write_bytes(b"x")
    monkeypatch.setattr(zinnia, "LIBRARY", "libzinnia-nowhere.so.9")
    with pytest.raises(Fault, match="libzinnia0 is not installed"):
        Handwriting(model=model)
    monkeypatch.setattr(zinnia, "LIBRARY", "libc.so.6")
    with pytest.raises(Fault, match=r"libc\.so\.6 has no recognizer_new"):
        Handwriting(model=model)
