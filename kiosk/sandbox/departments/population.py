"""PSB-POP: how many people bear a name. A count out of name statistics, never a person."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Refusal, Reply
from kiosk.sandbox.records import Records

RARE_SURNAME = 60  # per million, for a surname the statistics do not list
RARE_CHARACTER = 380
SINGLE = 0.16  # how many have a given name of one character; nearly all others have two


class CountSameName(Body):
    name: str = Field(min_length=2, max_length=50)
    scope: Literal["xiamen", "fujian"]


class SameName(BaseModel):
    count: int = Field(ge=0)
    as_of: str = Field(description="YYYY-MM-DD")
    scope: str


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-pop", tags=["PSB-POP 公安人口"], responses=REFUSALS)

    @router.post("/countSameName", operation_id="PSB-POP.countSameName", response_model=Reply[SameName])
    async def count_same_name(body: CountSameName, call: Annotated[Call, Depends()]) -> Any:
        """How many residents bear exactly this name."""
        if not all(one.isalpha() or one in "·. " for one in body.name):
            raise Refusal("POP-4001", "姓名含有不能识别的字符", 400)
        count = same_name(records, body.name, body.scope)
        return call.reply({"count": count, "as_of": records.now().date().isoformat(), "scope": body.scope}, message="查询成功")

    return router


def same_name(records: Records, name: str, scope: str) -> int:
    """People × share of the surname × shares of the characters, unevenly as life is, and at least those who are registered."""
    registered = records.row("SELECT COUNT(*) AS n FROM person WHERE name = ?", name)
    here = int(registered["n"]) if registered else 0
    people = records.row("SELECT people FROM population WHERE scope = ?", scope)
    if people is None or not "\u3400" <= name[0] <= "\U0003ffff":
        return here  # a name in Latin letters: only who is registered
    double = records.row("SELECT per_million FROM surname WHERE surname = ?", name[:2])
    surname = double if double and len(name) > 2 else records.row("SELECT per_million FROM surname WHERE surname = ?", name[0])
    given = name[2:] if surname is not None and surname is double else name[1:]
    expected = people["people"] * (surname["per_million"] if surname else RARE_SURNAME) / 1e6
    expected *= SINGLE if len(given) == 1 else 1 - SINGLE if len(given) == 2 else 0.002
    for character in given:
        share = records.row("SELECT per_million FROM given WHERE character = ?", character)
        expected *= (share["per_million"] if share else RARE_CHARACTER) / 1e6
    uneven = 0.6 + hashlib.sha256(name.encode()).digest()[0] / 255 * 1.3
    return max(here, int(expected * uneven))
