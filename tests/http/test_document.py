"""JSON by the letter: what a department may send, and what nobody can trust."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.http import Answer, Garbage, Shape, document

TYPE = "application/json; charset=utf-8"


def answer(body, kind=TYPE):
    return Answer(status=200, headers={"content-type": kind}, body=body)


def test_good_json_is_taken():
    assert document(answer('{"姓": ["名", 1, 2.5, null]}'.encode())) == {"姓": ["名", 1, 2.5, None]}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "text/html"),
        (b"{}", ""),
        (b"{}", "application/json; charset=gbk"),
        ("{\"a\":\"厦门\"}".encode("gb18030"), TYPE),
        (b'{"a":NaN}', TYPE),
        (b'{"a":-Infinity}', TYPE),
        (b'{"a":1e999}', TYPE),
        (b'{"a":1,"a":2}', TYPE),
        (b'{"a":', TYPE),
        (b"", TYPE),
        (b"\xef\xbb\xbf{}", TYPE),
        (b'{"a":"\\ud800"}', TYPE),
        (b'{"a":' + b"9" * 5000 + b"}", TYPE),
        (b"[" * 25 + b"]" * 25, TYPE),
        (b"[" * 500_000, TYPE),
    ],
)  # fmt: skip
def test_anything_else_is_garbage(body, kind):
    with pytest.raises(Garbage):
        document(answer(body, kind))


def test_brackets_in_strings_are_no_depth():
    assert document(answer(b'["' + b"[" * 100 + b'\\""]')) == ["[" * 100 + '"']


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_garbage(body):
    with suppress(Garbage):
        document(answer(body))


SHAPE = Shape(
    {
        "type": "object",
        "required": ["amount_fen"],
        "additionalProperties": False,
        "properties": {"amount_fen": {"type": "integer", "minimum": 1, "maximum": 100}},
    }
)


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), lambda x: st.dictionaries(st.just("amount_fen"), x))
)
def test_only_an_integer_of_fen_within_bounds_passes(data):
    try:
        SHAPE.check(data)
    except Garbage as error:
        assert str(error).startswith("schema: ")
    else:
        assert type(data["amount_fen"]) is int and 1 <= data["amount_fen"] <= 100


def test_the_fault_names_our_rule_and_not_their_word():
    with pytest.raises(Garbage) as caught:
        SHAPE.check({"amount_fen": 1, "林晓雯": "350203199904120023"})
    assert str(caught.value) == "schema: additionalProperties"


def test_a_schema_that_is_none_is_refused():
    with pytest.raises(ValueError, match="not a JSON Schema"):
        Shape({"type": "thing"}).verify()
