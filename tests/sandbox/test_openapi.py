"""The sandbox keeps its own description, fuzzed by schemathesis: whatever is sent, nothing breaks and every answer is as promised.

What schemathesis cannot know is added: who lives in the city, so that requests get past the door; what the kiosk's maps make of an answer.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from kiosk.backoffice import mapping
from kiosk.http import Shape
from kiosk.people import citizens
from kiosk.sandbox.misdeeds import SYSTEMS

EXAMPLES = 6  # of an operation, right ones and wrong ones each; all of them together stay below a minute of one core
PEOPLE = [{"name": one.card.name, "id_number": one.card.id_number} for one in citizens().values()]
PORTRAIT = base64.b64encode(citizens()["c01"].portrait.read_bytes()).decode()
# What only somebody with papers in hand can know: without it no valid request gets past the door.
KNOWN: dict[str, list[str]] = {
    "period": ["2024-01/2024-12", "2022-02/2026-01", "2026-10/2025-01"],
    "contract_no": ["XM-2026-001234", "XM-2026-003057"],
    "account_no": ["3502001234567", "61002345"],
    "child_id_tail": ["12345X", "08055X"],
    "permit_no": ["C35000001", "L35000001"],
    "plate_no": ["闽D7K23Q", "闽DA9R65"],
    "region": ["330100", "350200"],
    "bank_card": ["6228480402564890018"],
    "mobile": ["13800000001", "13800000002"],
}
PROMISED = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def described(the_sandbox):
    """The description as the sandbox serves it, and its operations by the first part of their path."""
    schema = schemathesis.openapi.from_url(f"{the_sandbox.url}/openapi.json")
    found: dict[str, list[Any]] = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        found.setdefault(operation.path.split("/")[1], []).append(operation)
    return found


def test_every_operation_is_of_a_system(described):
    """What is under /_sandbox are the levers of the sandbox itself: a fuzzer that pulls them breaks what it looks at."""
    assert set(described) == {*SYSTEMS, "wallet", "_sandbox"}
    assert sum(len(operations) for operations in described.values()) > 130


@pytest.mark.parametrize("system", [*SYSTEMS, "wallet"])
def test_every_operation_answers_as_it_promised(system, described, sandbox):
    broken: dict[str, str] = {}
    with requests.Session() as session:
        session.trust_env = False
        for operation in described[system]:
            for mode in GenerationMode:
                if mode is GenerationMode.NEGATIVE and not (len(operation.body) or len(operation.headers)):
                    continue  # a page with nothing but a place in its path: no place is against the rules
                try:
                    attack(operation, mode, session)
                except BaseExceptionGroup as group:
                    broken[f"{operation.label} {mode.value}"] = "\n".join(str(one)[:600] for one in group.exceptions)
                except AssertionError as error:
                    broken[f"{operation.label} {mode.value}"] = str(error)[:600]
    assert not broken, "\n\n".join(f"{name}\n{why}" for name, why in broken.items())


def attack(operation: Any, mode: GenerationMode, session: requests.Session) -> None:
    pictures = {
        name
        for model in operation.schema.raw_schema["components"]["schemas"].values()
        for name, field in model.get("properties", {}).items()
        if "JPEG" in json.dumps(field)
    }
    understood = understanding(operation.definition.raw.get("operationId", ""))
    asked = st.sampled_from(PEOPLE), st.randoms(use_true_random=False)

    @settings(
        max_examples=EXAMPLES if len(operation.body) else 4,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), person=asked[0], chance=asked[1])
    def send(case: Any, person: dict[str, str], chance: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            admitted(case, person, chance, pictures)
        response = case.call(session=session, timeout=20)
        case.validate_response(response, checks=PROMISED)
        if "json" in response.headers.get("content-type", ""):
            understood(response.status_code, json.loads(response.content))

    send()


def admitted(case: Any, person: dict[str, str], chance: Any, pictures: set[str]) -> None:
    """A right request, made into one of somebody who lives here and knows their numbers; each deed under a key of its own."""
    if not isinstance(case.body, dict):
        return
    for name in case.body:
        if name == "person":
            case.body[name] = person
        elif name in KNOWN and chance.random() < 0.7:
            case.body[name] = chance.choice(KNOWN[name])
        elif name in pictures:
            case.body[name] = [PORTRAIT] if isinstance(case.body[name], list) else PORTRAIT
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = hashlib.sha256(json.dumps(case.body).encode()).hexdigest()[:32]


def understanding(name: str) -> Any:
    """(status, reply) → AssertionError or Garbage, if the kiosk's map of the operation does not know what to make of it."""
    system, _, operation = name.partition(".")
    if not (mapping.FOLDER / f"{system}.toml").exists():
        return lambda status, reply: None
    of = mapping.load(system)
    known = of.operations.get(operation)
    shape = Shape(mapping.shape(known)) if known else None

    def check(status: int, reply: dict[str, Any]) -> None:
        assert (reply["code"] == "0") == (status == 200)
        assert reply["code"] == "0" or reply["code"] in of.errors, f"the map has no reason for {reply['code']}"
        if shape is not None and reply["code"] == "0":
            shape.check(reply["data"])

    return check
