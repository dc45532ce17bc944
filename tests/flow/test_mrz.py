"""The machine-readable zone of a passport, by the worked example of ICAO Doc 9303 itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.checks import mrz

TODAY = date(2026, 11, 26)
NAME = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"  # Doc 9303 part 4, appendix B
PROVEN = [*range(10), *range(13, 20), *range(21, 44)]  # places of the second line that some check digit covers


def test_the_example_of_the_standard_is_read():
    found = mrz.read(NAME + SECOND, TODAY)
    assert found == mrz.Passport(number="L898902C3", nationality="UTO", born=date(1974, 8, 12))
    assert "L898902C3" not in repr(found)


@pytest.mark.parametrize(("part", "expected"), [("520727", 3), ("AB2134<<<", 5)])  # Doc 9303 part 3, appendix A
def test_check_digits_of_the_standard(part, expected):
    assert mrz.digit(part) == expected


@given(st.sampled_from(PROVEN), st.integers(1, 9))
def test_one_digit_misread_is_found(place, more):
    sign = SECOND[place]
    if sign.isdigit():
        wrong = SECOND[:place] + str((int(sign) + more) % 10) + SECOND[place + 1 :]
        assert mrz.read(NAME + wrong, TODAY) is None


@pytest.mark.parametrize("text", ["", NAME, SECOND, NAME + SECOND[:-1], SECOND + NAME, "I" + NAME[1:] + SECOND, NAME.lower() + SECOND])
def test_nothing_else_is_taken_for_one(text):
    assert mrz.read(text, TODAY) is None


def test_nobody_is_born_tomorrow():
    assert mrz.read(NAME + SECOND, date(1974, 8, 11)) is None
