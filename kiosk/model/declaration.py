"""What stands where a signature would: the person's own word, given with a key, by whoever cannot or does not want to draw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from kiosk.model.item import InputType, Item, applies

HAND, KEYS = "hand", "keys"
"""How it was signed: the answer to an input of type signature."""
STATEMENT = "本人已核对以上内容，确认无误，以按键确认代替手写签名。"  # for the file of the department, whatever is read on the glass


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """In place of the picture. `known_by`: the way this person proved who they are in this visit; `sha256`: of what they reviewed."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)  # masked: the request itself says whose it is
    item: str
    made_at: datetime
    known_by: str
    sha256: str

    def written(self) -> bytes:
        return _canonical({"statement": STATEMENT, **asdict(self), "made_at": self.made_at.isoformat(timespec="seconds")})


def reviewed(item: Item, answers: Mapping[str, str]) -> str:
    """SHA-256 of the answers that were asked for, by name: JSON with sorted keys, without blanks, in UTF-8; in hex.

    Those of a question that did not apply, and the signature, are no part of it; nor is one that was left empty.
    """
    asked = [one for one in item.inputs if one.type is not InputType.SIGNATURE and applies(one.when, answers)]
    return hashlib.sha256(_canonical({one.name: answers[one.name] for one in asked if answers.get(one.name)})).hexdigest()


def _canonical(value: Mapping[str, str]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
