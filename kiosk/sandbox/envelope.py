"""What every department request and reply carries: who asks, under which key, and a binding to just that question."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Header, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

T = TypeVar("T")


class Body(BaseModel):
    """A request's body: nothing but what its operation declares."""

    model_config = ConfigDict(extra="forbid")


class Person(Body):
    name: str = Field(min_length=1, max_length=50)
    id_number: str = Field(pattern=r"^(\d{17}[\dX]|[A-Z]{3}\d{12})$")  # the second: a foreigner with a card of 2017


class Reply(BaseModel, Generic[T]):
    """`code` "0" is success. `binding` = hex SHA-256 of request id, operation, key, name and number of the person asked
    about (empty where none is sent), joined by line feeds: a reply to any other question cannot carry it."""

    request_id: str
    binding: str
    code: str
    message: str
    data: T | None = None


class Unaddressed(BaseModel):
    """To a request whose headers are not all there: without them a reply belongs to nobody."""

    model_config = ConfigDict(extra="forbid")

    code: str
    message: str


class Call:
    """The headers of a request, and the reply that belongs to them."""

    def __init__(
        self,
        request: Request,
        x_request_id: Annotated[str, Header(min_length=8, max_length=64, description="new for every attempt; echoed")],
        idempotency_key: Annotated[str, Header(min_length=4, max_length=64, description="the same for one deed, however often asked")],
        x_station: Annotated[str, Header(min_length=1, max_length=40, description="the terminal")],
        x_operation: Annotated[str, Header(min_length=3, max_length=60, description="SYSTEM.operation")],
    ) -> None:
        self.request_id = x_request_id
        self.key = idempotency_key
        self.station = x_station
        self.operation = str(request.scope["route"].operation_id)  # what is done here, whatever the header calls it
        self._called = x_operation
        self.person: Person | None = None
        self.base = str(request.base_url).rstrip("/")
        request.state.call = self

    def about(self, person: Person) -> None:
        self.person = person

    def reply(self, data: Any, code: str = "0", message: str = "办理成功") -> dict[str, Any]:
        name, number = (self.person.name, self.person.id_number) if self.person else ("", "")
        facts = "\n".join((self.request_id, self._called, self.key, name, number))
        binding = hashlib.sha256(facts.encode()).hexdigest()
        return {"request_id": self.request_id, "binding": binding, "code": code, "message": message, "data": data}


class Refusal(Exception):
    """The department says no, for a reason of its own table; nothing was done."""

    def __init__(self, code: str, message: str, status: int = 409) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status


async def refused(request: Request, refusal: Exception) -> JSONResponse:
    """The reply for a Refusal, or for a request that does not have the shape of its operation."""
    asked = getattr(refusal, "body", None)
    if not isinstance(refusal, Refusal):
        refusal = Refusal("SYS-4000", "请求参数不符合接口要求", 400)
    call: Call | None = getattr(request.state, "call", None)
    if call is None:
        return JSONResponse({"code": refusal.code, "message": refusal.message}, refusal.status)
    if call.person is None and isinstance(asked, dict) and isinstance(asked.get("person"), dict):
        with suppress(ValidationError):
            call.about(Person.model_validate(asked["person"]))
    return JSONResponse(call.reply(None, refusal.code, refusal.message), refusal.status)


REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Reply[None] | Unaddressed, "description": "SYS-4000 the request has not the shape of the operation"},
    404: {"model": Reply[None], "description": "no such record"},
    409: {"model": Reply[None], "description": "refused: the code says why; SYS-4090 the key was used for another request"},
    422: {"model": Reply[None], "description": "not used: 400 is"},
}
