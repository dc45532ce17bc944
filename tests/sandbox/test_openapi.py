"""The sandbox keeps its own description: whatever is sent, no operation breaks and every reply has the shape it promised."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kiosk.backoffice import mapping
from kiosk.http import Shape
from kiosk.people import citizens
from kiosk.sandbox import seed
from kiosk.sandbox.departments import departments
from kiosk.sandbox.records import Records
from kiosk.sandbox.server import application

EXAMPLES = 12  # an operation; all of them together stay below half a minute
DEPTH = 4  # of what is no record of anything
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
GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\x00") | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=DEPTH,
)
WRONG = GARBAGE | st.sampled_from([10**30, -1, 0, "", " ", "x" * 5_000, "2026-02-30", "９", "1\n", [], {}, [[]]])


def valid(schema: dict[str, Any], parts: dict[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    """What `schema` allows, as far as the descriptions here go; `name` is the property it is of."""
    if "$ref" in schema:
        return valid(parts[schema["$ref"].rpartition("/")[2]], parts, name)
    if "anyOf" in schema:
        return st.one_of([valid(one, parts, name) for one in schema["anyOf"]])
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    match schema.get("type"):
        case "object" if name == "person":
            return st.sampled_from(PEOPLE)
        case "object":
            inner = {key: valid(one, parts, key) for key, one in schema.get("properties", {}).items()}
            needed = set(schema.get("required", ()))
            return st.fixed_dictionaries(
                {key: one for key, one in inner.items() if key in needed},
                optional={key: one for key, one in inner.items() if key not in needed},
            )
        case "array":
            return st.lists(
                valid(schema.get("items", {}), parts, name), min_size=schema.get("minItems", 0), max_size=schema.get("maxItems", 3)
            )
        case "integer":
            least = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
            return st.integers(least, schema.get("maximum", least + 50_000))
        case "number":
            return st.floats(schema.get("minimum", 0), schema.get("maximum", 1), allow_nan=False)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "string":
            return st.sampled_from(KNOWN[name]) | words(schema) if name in KNOWN else words(schema)
        case _:
            return GARBAGE


def words(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    if "JPEG" in schema.get("description", ""):
        return st.just(PORTRAIT)
    if schema.get("format") == "date":
        return st.dates().map(str)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    least = schema.get("minLength", 0)
    return st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=least, max_size=min(schema.get("maxLength", 20), least + 20)
    )


@st.composite
def near(draw: st.DrawFn, right: st.SearchStrategy[Any]) -> Any:
    """A valid body with one thing wrong in it: missing, added, or of another kind; in the body itself or one level deeper."""
    body = dict(draw(right))
    where = body
    deeper = sorted(key for key, value in body.items() if isinstance(value, dict))
    if deeper and draw(st.booleans()):
        key = draw(st.sampled_from(deeper))
        where = body[key] = dict(body[key])
    match draw(st.sampled_from(["missing", "added", "wrong"])):
        case "missing" if where:
            del where[draw(st.sampled_from(sorted(where)))]
        case "wrong" if where:
            where[draw(st.sampled_from(sorted(where)))] = draw(WRONG)
        case _:
            where[draw(st.text(max_size=8))] = draw(WRONG)
    return body


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, description) of what departments are asked, and of their pages.

    Not the levers of the sandbox itself; not money, which another service on another port stands behind (tests/payments).
    """
    return [
        (method, path, one)
        for path, methods in described["paths"].items()
        if path.split("/")[1] not in ("_sandbox", "pay", "wallet")
        for method, one in methods.items()
    ]


class Door:
    """The sandbox as an ASGI app in this process: what breaks there is raised here, and a request takes a millisecond."""

    def __init__(self) -> None:
        self.records = Records(Path(":memory:"), (seed, *departments()))
        self.app, _, _ = application(self.records)
        self.loop = asyncio.new_event_loop()
        self.described = json.loads(self.ask("GET", "/openapi.json", b"", {})[2])

    def close(self) -> None:
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()
        self.records.close()

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """(status, content type, body)"""
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": unquote(path),
            "raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": [(b"host", b"127.0.0.1"), *raw],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
        }  # fmt: skip
        said: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            said.append(message)

        self.loop.run_until_complete(self.app(scope, receive, send))
        kind = dict(said[0]["headers"]).get(b"content-type", b"").decode()
        return said[0]["status"], kind, b"".join(one.get("body", b"") for one in said[1:])


class Promise:
    """One operation as it describes itself, and the kiosk's own map of it, if it has one."""

    def __init__(self, described: dict[str, Any], one: dict[str, Any]) -> None:
        self.name = one["operationId"]
        self._statuses = set(one["responses"])
        self._schemas = {
            status: Draft202012Validator({**content["schema"], "components": described["components"]})
            for status, answer in one["responses"].items()
            if (content := answer.get("content", {}).get("application/json"))
        }
        system, _, operation = self.name.partition(".")
        self._map = mapping.load(system) if (mapping.FOLDER / f"{system}.toml").exists() else None
        known = self._map.operations.get(operation) if self._map else None
        self._shape = Shape(mapping.shape(known)) if known else None

    def kept_by(self, status: int, kind: str, body: bytes, *, spoilt: bool) -> None:
        assert status < 500 and str(status) in self._statuses, status
        if "html" in kind:
            return
        reply = json.loads(body)
        if spoilt and status == 400:
            assert {"code", "message"} <= set(reply)  # without its headers a request has no envelope to be answered in
            return
        self._schemas[str(status)].validate(reply)
        if self._map is not None:
            assert (reply["code"] == "0") == (status == 200)
            assert reply["code"] == "0" or reply["code"] in self._map.errors, f"the map has no reason for {reply['code']}"
            if self._shape is not None and reply["code"] == "0":
                self._shape.check(reply["data"])


@pytest.fixture
def door():
    door = Door()
    yield door
    door.close()


def test_every_operation_answers_as_it_promised(door):
    broken: dict[str, str] = {}
    everything = operations(door.described)
    assert len([one for one in everything if "requestBody" in one[2]]) > 90
    for method, path, one in everything:
        try:
            attack(door, method, path, one)
        except Exception as error:  # of any kind: all broken operations are told at once
            notes = "\n".join(getattr(error, "__notes__", ()))
            broken[f"{method} {path}"] = f"{type(error).__name__}: {str(error)[:300]}\n{notes[:900]}"
    assert not broken, "\n\n".join(f"{name}\n{why}" for name, why in broken.items())


def attack(door: Door, method: str, path: str, one: dict[str, Any]) -> None:
    promise = Promise(door.described, one)
    content = one.get("requestBody", {}).get("content", {}).get("application/json")
    right = valid(content["schema"], door.described["components"]["schemas"]) if content else st.none()
    bodies = st.one_of(right, right, near(right), GARBAGE) if content else st.none()
    header = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": promise.name, "Idempotency-Key": ""}
    spoiling = st.fixed_dictionaries({}, optional=dict.fromkeys(header, st.sampled_from(["", "x", "ä", "x" * 200])))
    in_path = st.from_regex(r"[0-9A-Za-z_.-]{1,30}", fullmatch=True)

    @settings(
        max_examples=EXAMPLES if content else 5,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(body=bodies, spoilt=st.just({}) | st.just({}) | spoiling, place=in_path)
    def send(body: Any, spoilt: dict[str, str], place: str) -> None:
        sent = json.dumps(body).encode() if content else b""
        key = hashlib.sha256(sent).hexdigest()[:32]  # the same request is the same deed
        headers = {"Content-Type": "application/json", **header, "Idempotency-Key": key, **spoilt}
        before, brace, after = path.partition("{")
        status, kind, said = door.ask(method.upper(), before + (place + after.partition("}")[2] if brace else ""), sent, headers)
        if not brace or status != 404:  # a place that nothing is at
            promise.kept_by(status, kind, said, spoilt=bool(spoilt))

    send()
