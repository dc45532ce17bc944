"""docs/counters.md is true: the code of a real hand-over slip is what it says, and holds nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jsonschema import Draft202012Validator

from kiosk.flow.apology import HANDOVER
from kiosk.flow.visit import Ending
from kiosk.model.item import InputType

PAGE = (Path(__file__).resolve().parents[2] / "docs/counters.md").read_text("utf-8")
EXAMPLE, SCHEMA = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))


def test_the_example_is_of_its_own_schema():
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(EXAMPLE)
    assert EXAMPLE["format"] == HANDOVER


def test_every_type_of_question_is_said():
    said = set(re.findall(r"`(\w+)`", PAGE.split("Values are text")[1].split("As a JSON Schema")[0]))
    written_otherwise = {InputType.DATE, InputType.MONTH_RANGE, InputType.MULTI_SELECT, InputType.ADDRESS, InputType.ADMIN_CODE}
    assert {one.value for one in InputType if one.from_department or one in written_otherwise} <= said


async def test_the_code_of_a_real_slip_is_what_the_page_says(place, written):
    async with place() as here:
        here.sandbox.switch("psb-pop", "asleep")
        served, _ = await here.visit("household-same-name", ApologyView=[{"remedy": "handover"}, {"remedy": "end"}])
        assert served.ending is Ending.FAULT
        (slip,) = written
        told = json.loads(slip.qr)
        Draft202012Validator(SCHEMA).validate(told)
        assert told["item"] == "household-same-name" and told["visit"] == served.visit
        assert set(told["answers"]) <= {"name", "scope"}
        assert told["answers"]
