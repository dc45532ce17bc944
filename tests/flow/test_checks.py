"""What citizens type: right answers pass, wrong ones get a sentence, none crashes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import i18n
from kiosk.flow.checks import check, id_number, kept, months
from kiosk.model.item import Input, InputType
from kiosk.model.words import Word

TODAY = date(2026, 11, 22)
NAME = Input(name="name", type=InputType.TEXT, min=2, max=50, pattern="han_name")
PERIOD = Input(name="period", type=InputType.MONTH_RANGE, max=60)
COPIES = Input(name="copies", type=InputType.INTEGER, min=1, max=3, default="1", required=False)
PHONE = Input(name="mobile", type=InputType.PHONE)
SCOPE = Input(name="scope", type=InputType.ENUM, options=("all", "pension"))


def test_the_example_of_the_standard():
    assert id_number("11010519491231002X", TODAY) == ""
    assert id_number("11010519491231002x", TODAY) == ""


def test_a_birth_before_1900_is_not_believed():
    # The standard's second example is right by its check digit; nobody born in 1880 stands here.
    assert id_number("440524188001010014", TODAY) == Word("check.id_number.birth")


@given(place=st.integers(0, 17), digit=st.sampled_from("0123456789X"))
def test_one_wrong_digit_is_always_found(place, digit):
    good = "11010519491231002X"
    bad = good[:place] + digit + good[place + 1 :]
    assert (id_number(bad, TODAY) == "") == (bad == good)


@pytest.mark.parametrize(
    ("one", "value", "key"),
    [
        (NAME, "", "check.required"),
        (NAME, "王", "check.too_short"),
        (NAME, "王" * 51, "check.too_long"),
        (NAME, "王" * 10_000, "check.too_long"),
        (NAME, "王小明1", "check.han_name"),
        (NAME, "'; DROP TABLE", "check.han_name"),
        (NAME, "王\u202e明", "check.han_name"),
        (PERIOD, "2025-01", "check.month_range"),
        (PERIOD, "/", "check.month_range"),
        (PERIOD, "2025-13/2025-14", "check.month_range"),
        (PERIOD, "2025-12/2025-01", "check.month_reversed"),
        (PERIOD, "2026-01/2026-12", "check.month_future"),
        (PERIOD, "2020-01/2026-01", "check.month_many"),
        (COPIES, "0", "check.between"),
        (COPIES, "4", "check.between"),
        (COPIES, "٣", "check.between"),
        (COPIES, "1e1", "check.between"),
        (PHONE, "12345678901", "check.phone"),
        (PHONE, "1380000000", "check.phone"),
        (SCOPE, "both", "check.choose"),
    ],
)
def test_what_is_wrong_has_its_sentence(one, value, key):
    error = check(one, value, frozenset(one.options), TODAY)
    assert isinstance(error, Word)
    assert error.key == key
    for language in i18n.LANGUAGES:
        assert "⟦" not in i18n.say(error, language)
        assert "{" not in i18n.say(error, language)


@pytest.mark.parametrize(
    ("one", "value"),
    [
        (NAME, "王伟"), (NAME, "阿依古丽·买买提"), (NAME, "张㐱"), (NAME, "𠮷田"), (NAME, "ALICE SAMPLE"),
        (PERIOD, "2025-01/2025-12"), (PERIOD, "2021-12/2026-11"), (COPIES, ""), (COPIES, "3"), (PHONE, "13800000000"), (SCOPE, "all"),
    ],
)  # fmt: skip
def test_what_is_right_passes(one, value):
    assert check(one, value, frozenset(one.options), TODAY) == ""


@given(st.text(max_size=300), st.sampled_from([NAME, PERIOD, COPIES, PHONE, SCOPE]))
def test_nothing_that_can_be_typed_crashes_the_check(value, one):
    error = check(one, value, frozenset(one.options), TODAY)
    assert error == "" or isinstance(error, Word)


def test_a_default_stands_for_nothing_and_blanks_fall_off():
    assert kept(COPIES, "  ") == "1"
    assert kept(NAME, " 王伟 ") == "王伟"
    assert months("2025-01/2025-12") == 12
