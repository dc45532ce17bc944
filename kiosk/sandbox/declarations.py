"""A declaration that came in place of a signature: read strictly, and compared with the request it came with."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kiosk.sandbox.envelope import Person

LARGEST = 4_000  # bytes
STRONG = frozenset({"face", "sms_otp", "ctid_net_cert_qr", "volunteer_witness", "remote_officer_video"})


class Declared(BaseModel):
    model_config = ConfigDict(extra="forbid")

    statement: str = Field(pattern="以按键确认代替手写签名")
    name: str
    id_number: str
    item: str
    made_at: AwareDatetime
    known_by: str
    sha256: str


def declared(written: str, person: Person, item: str, answers: Mapping[str, str]) -> Declared:
    """Raises ValueError: somebody else's, of another item, of somebody not surely known, or about other answers than these."""
    if len(written) > LARGEST:
        raise ValueError("declaration too large")
    found = Declared.model_validate_json(base64.b64decode(written, validate=True))
    number = person.id_number
    if (found.name, found.id_number) != (person.name, number[:6] + "*" * (len(number) - 10) + number[-4:]):
        raise ValueError("somebody else's declaration")
    if found.item != item:
        raise ValueError("a declaration of another item")
    if not STRONG & set(found.known_by.split("+")):
        raise ValueError("declared by somebody not surely known")
    reviewed = json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if found.sha256 != hashlib.sha256(reviewed.encode()).hexdigest():
        raise ValueError("something else was declared")
    return found
