"""CTID: the national network identity service. Name and number, with a portrait in two steps, and the QR of a 网证.

The portrait is compared for real with the card photos of the invented citizens: face_recognition, at the threshold of FACE.md.
"""

from __future__ import annotations

import base64
import io
import secrets
import tomllib
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS ctid_serial (
    biz_serial_no TEXT PRIMARY KEY, random TEXT NOT NULL, mode TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0);
"""
MODE = Field(pattern=r"^0x4[02]$", description="0x40 name and number, 0x42 with portrait")
THRESHOLD = 0.366  # FACE.md §1: the library's own 0.6 takes two of three strangers for the person


class Apply(Body):
    mode: str = MODE


class Applied(BaseModel):
    biz_serial_no: str
    random: str


class Ask(Body):
    person: Person
    mode: str = MODE
    biz_serial_no: str = Field(pattern=r"^[0-9A-F]{32}$")
    random: str = Field(pattern=r"^[0-9A-F]{16}$")
    portrait: list[str] = Field(default_factory=list, max_length=1, description="base64 of a JPEG")


class Compared(BaseModel):
    same_person: bool
    distance: float
    threshold: float


class VerifyNetCert(Body):
    code: str = Field(min_length=1, max_length=512)


class NetCert(BaseModel):
    name: str
    id_number: str
    level: Literal["S", "P"] = Field(description="S: with the physical document behind it; P: without")


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/ctid", tags=["CTID 网络身份认证"], responses=REFUSALS)

    @router.post("/apply", operation_id="CTID.apply", response_model=Reply[Applied])
    async def apply(body: Apply, call: Annotated[Call, Depends()]) -> Any:
        """First step: a serial and a random number for one comparison."""
        serial, random = secrets.token_hex(16).upper(), secrets.token_hex(8).upper()
        records.db.execute("INSERT INTO ctid_serial (biz_serial_no, random, mode) VALUES (?, ?, ?)", (serial, random, body.mode))
        return call.reply({"biz_serial_no": serial, "random": random})

    @router.post("/request", operation_id="CTID.request", response_model=Reply[Compared])
    async def request(body: Ask, call: Annotated[Call, Depends()]) -> Any:
        """Second step: is this name, number and portrait one person? A serial is good once."""
        call.about(body.person)
        changed = records.db.execute(
            "UPDATE ctid_serial SET used = 1 WHERE biz_serial_no = ? AND random = ? AND mode = ? AND used = 0",
            (body.biz_serial_no, body.random, body.mode),
        )
        if changed.rowcount != 1:
            raise Refusal("CTID-4091", "业务流水号无效或已使用")
        if records.row("SELECT 1 FROM person WHERE id_number = ? AND name = ?", body.person.id_number, body.person.name) is None:
            raise Refusal("CTID-4040", "姓名与身份号码不一致", 404)
        if body.mode == "0x40":
            return call.reply({"same_person": True, "distance": 0.0, "threshold": THRESHOLD})
        if not body.portrait:
            raise Refusal("CTID-4150", "照片无法识别")
        distance = await run_in_threadpool(_distance, body.person.id_number, body.portrait[0])
        return call.reply({"same_person": distance <= THRESHOLD, "distance": round(distance, 4), "threshold": THRESHOLD})

    @router.post("/verifyNetCert", operation_id="CTID.verifyNetCert", response_model=Reply[NetCert])
    async def verify_net_cert(body: VerifyNetCert, call: Annotated[Call, Depends()]) -> Any:
        """Whose 网证 is behind this QR? The invented ones read `CTID1:<citizen>`, as the dock and the tour show them."""
        citizen = body.code.removeprefix("CTID1:")
        row = _people().get(citizen) if body.code.startswith("CTID1:") else None
        if row is None:
            raise Refusal("CTID-4041", "二维码无效或已过期", 404)
        return call.reply({"name": row["name"], "id_number": row["id_number"], "level": "S"})

    return router


@cache
def _people() -> dict[str, dict[str, Any]]:
    return tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))


@cache
def _known(citizen: str) -> Any:
    return _descriptor((FOLDER / citizen / "portrait.jpg").read_bytes())


def _distance(id_number: str, portrait: str) -> float:
    """Euclidean distance of the two faces' descriptors. Raises Refusal for a picture without exactly one face."""
    citizen = next((one for one, row in _people().items() if row["id_number"] == id_number), None)
    try:
        live = _descriptor(base64.b64decode(portrait, validate=True))
    except (ValueError, OSError):
        live = None
    if citizen is None or live is None:
        raise Refusal("CTID-4150", "照片无法识别")
    return float(((_known(citizen) - live) ** 2).sum() ** 0.5)


def _descriptor(jpeg: bytes) -> Any:
    import face_recognition  # a second and 300 MB, for the few visits without a card

    picture = face_recognition.load_image_file(io.BytesIO(jpeg))
    found = face_recognition.face_encodings(picture)
    return found[0] if len(found) == 1 else None
