"""A log line is an event of the catalogue with allowed fields, one JSON object, and nothing that could forge another."""

from __future__ import annotations

import io
import json
import logging

import pytest

from kiosk import log


@pytest.fixture
def lines():
    to = io.StringIO()
    log.configure(to, logging.DEBUG)
    yield to
    log.configure()


def test_a_line_is_one_json_object(lines):
    log.log.error("device.fault", role="id_card", code="id_card_reader.absent", detail="a\nb\x1b[31m")
    assert lines.getvalue().count("\n") == 1
    line = json.loads(lines.getvalue())
    assert (line["event"], line["level"], line["detail"]) == ("device.fault", "error", "a\nb\x1b[31m")
    assert "\x1b" not in lines.getvalue()


def test_an_unknown_event_or_field_is_a_bug(lines):
    with pytest.raises(log.UnknownEvent):
        log.log.error("citizen.said", role="x")
    with pytest.raises(log.UnknownEvent):
        log.log.error("visit.started", visit="1", item="x", name="张三")
    assert lines.getvalue() == ""
