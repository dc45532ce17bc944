"""A4 pages as departments word them, each entered where its verification code is looked up; ESEAL puts the seal under them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import Call
from kiosk.sandbox.records import Records


class Document(BaseModel):
    title: str
    number: str
    issuer: str
    issued_on: str = Field(description="2026年11月22日")
    paragraphs: list[str]
    holder: dict[str, str]
    columns: list[str]
    rows: list[list[str]]
    verify_code: str
    verify_url: str


def issue(
    records: Records,
    call: Call,
    *,
    prefix: str,
    title: str,
    issuer: str,
    paragraphs: Sequence[str],
    holder: Mapping[str, str],
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
) -> dict[str, Any]:
    """A new document, numbered `<prefix><day><running number>`. Call it inside `records.once`, so that the same key is the same page."""
    now = records.now()
    number = f"{prefix}{now:%Y%m%d}{records.next('certificate'):06d}"
    digest = hashlib.sha256(f"{number}\n{call.key}".encode()).hexdigest().upper()
    code = "-".join(digest[at : at + 4] for at in range(0, 16, 4))
    issued_on = f"{now:%Y年%m月%d日}"
    records.db.execute("INSERT INTO certificate VALUES (?, ?, ?, ?)", (code, number, title, issued_on))
    return {
        "title": title,
        "number": number,
        "issuer": issuer,
        "issued_on": issued_on,
        "paragraphs": list(paragraphs),
        "holder": dict(holder),
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "verify_code": code,
        "verify_url": f"{call.base}/ecert/verify/{code}",
    }


def case_no(records: Records, prefix: str) -> str:
    """The next case number of a department: HRSS2026112500017."""
    return f"{prefix}{records.now():%Y%m%d}{records.next('case'):05d}"
