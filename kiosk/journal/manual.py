"""The auditors' manual: what the journal can hold and how to check it, from the words beside the events themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields

from kiosk.journal.ledger import CHECKPOINT
from kiosk.model import event_fields, events

_ABOUT = f"""# The journal: a manual for auditors

The journal holds what a terminal was about to do and what became of it: ids, codes, amounts, outcomes and times. No name, no identity
or telephone number, no picture and no answer is in it; a value that looks like one is refused before it is written.

## How it is kept

- A row is on disk before the deed it announces is done. Rows are never changed and never deleted.
- Rows are numbered from 1 without a gap. `hash` of a row is SHA-256, in hexadecimal, over the JSON list
  `[prev_hash, seq, time, visit, kind, payload]`, written as Python's `json.dumps` writes it: ASCII, ", " between its members.
  `payload` is `data` of the exported row as JSON text, keys sorted, without any space. `prev_hash` is the hash of the row before;
  for row 1 it is the SHA-256 over the list `[station, epoch, version, public_key]`.
- At the end of each visit, and after {CHECKPOINT} rows at the latest, the station signs. `signature` is Ed25519 over the hexadecimal
  SHA-256 of the list `["kiosk journal checkpoint", station, epoch, seq, hash]`; the public key is in the export's first line.
  A signature holds all rows up to it. Rows behind the last one are held by the chain alone, and a whole old copy put back can be
  told only by who kept a later head: `kiosk journal verify --head NUMBER:HASH`.
- The file is encrypted with the station's key. A damaged file is set aside, never overwritten, and a new journal begins with a new mark.

## The events

Each has `visit`: {event_fields.FIELDS["visit"]}.
"""


def manual() -> str:
    """Markdown."""
    return "\n".join([_ABOUT, *(line for name, event in events.EVENTS.items() for line in _section(name, event))])


def words(event: type[events.Event], field: str) -> str:
    """What `field` of this event holds. Raises KeyError for a field nobody described."""
    own = f"{event.__name__}.{field}"
    return event_fields.FIELDS[own if own in event_fields.FIELDS else field]


def _section(name: str, event: type[events.Event]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{inspect.cleandoc(event.__doc__ or '')}\n"
    own = [field.name for field in fields(event) if field.name != "visit"]
    if own:
        yield "\n".join(f"- `{field}`: {words(event, field)}" for field in own) + "\n"
    if event.telemetry:
        yield "May go unsent when the operations centre cannot be reached for long.\n"
