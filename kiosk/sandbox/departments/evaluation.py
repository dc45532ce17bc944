"""EVAL: 好差评, the rating of a service, without a name."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Reply
from kiosk.sandbox.records import Records

BAD = 2  # at most: this one is looked into


class Submit(Body):
    level: int = Field(ge=1, le=5, strict=True, description="5 非常满意 … 1 非常不满意")
    item: str = Field(min_length=1, max_length=60)
    station: str = Field(min_length=1, max_length=40)
    reasons: list[Literal["wait", "unclear", "undone", "device", "too_much"]] = Field(default_factory=list, max_length=5)
    case_no: str | None = Field(default=None, max_length=40)


class Accepted(BaseModel):
    accepted: Literal[True]
    work_order: str | None = Field(default=None, description="of a bad rating: checked and answered within 3 working days")


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/eval", tags=["EVAL 好差评"], responses=REFUSALS)

    @router.post("/submit", operation_id="EVAL.submit", response_model=Reply[Accepted])
    async def submit(body: Submit, call: Annotated[Call, Depends()]) -> Any:
        """One rating of one service."""

        def do() -> dict[str, Any]:
            records.db.execute("INSERT INTO rating VALUES (?, ?, ?, ?)", (call.key, body.level, body.item, body.station))
            if body.level > BAD:
                return {"accepted": True}
            number = len(records.rows("SELECT 1 FROM rating WHERE level <= ?", BAD))
            return {"accepted": True, "work_order": f"CP{records.now():%Y%m%d}-{number:04}"}

        return call.reply(records.once("EVAL", call.key, call.operation, body.model_dump(), do), message="感谢您的评价")

    return router
