"""ESEAL and ECERT: the electronic seal under a document, the archive of electronic certificates, and the page behind a QR."""

from __future__ import annotations

import base64
import hashlib
import html
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records
from kiosk.sandbox.seal import seal

SCHEMA = """
CREATE TABLE IF NOT EXISTS sealed (number TEXT PRIMARY KEY, digest TEXT NOT NULL, seal_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS archived (licence_no TEXT PRIMARY KEY, number TEXT NOT NULL, digest TEXT NOT NULL, id_number TEXT NOT NULL);
"""
_DIGEST = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the document as canonical JSON")


class Sign(Body):
    number: str = Field(min_length=1, max_length=40)
    issuer: str = Field(min_length=1, max_length=60)
    digest: str = _DIGEST


class Sealed(BaseModel):
    seal_id: str
    seal_png: str = Field(description="base64 of a PNG")


class Archive(Body):
    person: Person
    number: str = Field(min_length=1, max_length=40)
    title: str = Field(min_length=1, max_length=60)
    digest: str = _DIGEST


class Archived(BaseModel):
    licence_no: str


def routes(records: Records) -> APIRouter:
    router = APIRouter(tags=["ESEAL/ECERT 电子印章与电子证照"], responses=REFUSALS)

    @router.post("/eseal/sign", operation_id="ESEAL.sign", response_model=Reply[Sealed])
    async def sign(body: Sign, call: Annotated[Call, Depends()]) -> Any:
        """Put the issuer's seal under a document that a department has just issued; another digest under its number is refused."""
        return call.reply(records.once("ESEAL", call.key, call.operation, body.model_dump(), lambda: _sealed(records, body)))

    @router.post("/ecert/archive", operation_id="ECERT.archive", response_model=Reply[Archived])
    async def archive(body: Archive, call: Annotated[Call, Depends()]) -> Any:
        """Keep a sealed document as an electronic certificate of this person (GB/T 36906)."""
        call.about(body.person)
        return call.reply(records.once("ECERT", call.key, call.operation, body.model_dump(), lambda: _archived(records, body)))

    @router.get("/ecert/verify/{code}", response_class=HTMLResponse)
    async def verify(code: str) -> HTMLResponse:
        """The page behind the QR of a document: is it real? It shows no name."""
        found = records.row("SELECT * FROM certificate WHERE verify_code = ?", code)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>证明验真（演示）</title><h1>证明验真（演示）</h1>"
        if found is None:
            return HTMLResponse(page + "<p>没有查到这份证明。</p>", 404)
        return HTMLResponse(page + f"<p>{html.escape(found['title'])} {found['number']}</p><p>{found['issued_on']} 出具，真实有效。</p>")

    return router


def _sealed(records: Records, body: Sign) -> dict[str, Any]:
    if records.row("SELECT 1 FROM certificate WHERE number = ?", body.number) is None:
        raise Refusal("SEAL-4040", "没有这份文书", 404)
    before = records.row("SELECT * FROM sealed WHERE number = ?", body.number)
    if before is not None and before["digest"] != body.digest:
        raise Refusal("SEAL-4090", "文书内容与已签章的不一致")
    seal_id = hashlib.sha256(f"{body.number}\n{body.digest}".encode()).hexdigest()[:16].upper()
    records.db.execute("INSERT OR IGNORE INTO sealed VALUES (?, ?, ?)", (body.number, body.digest, seal_id))
    return {"seal_id": seal_id, "seal_png": base64.b64encode(seal(body.issuer)).decode()}


def _archived(records: Records, body: Archive) -> dict[str, Any]:
    before = records.row("SELECT * FROM sealed WHERE number = ?", body.number)
    if before is None or before["digest"] != body.digest:
        raise Refusal("ECERT-4090", "文书尚未签章或内容不一致")
    licence_no = case_no(records, "LIC")
    records.db.execute("INSERT INTO archived VALUES (?, ?, ?, ?)", (licence_no, body.number, body.digest, body.person.id_number))
    return {"licence_no": licence_no}
