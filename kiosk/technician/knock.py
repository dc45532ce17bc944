"""The other end of the line: how `kiosk doctor` asks the process that serves."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.technician.door import SOCKET
from kiosk.technician.record import Outcome, Result
from kiosk.technician.self_test import Person, Skipped
from kiosk.technician.view import Looked
from kiosk.technician.wire import looked_in, text_in

NEXT_ONE = 4.0  # seconds until the next serving process has opened its door after a visit
PRINTED = 240.0  # seconds for a page of a printer that slept
ANSWER = 30.0  # seconds for a whole look


class NobodyServes(Exception):
    """No kiosk process holds the devices of this state folder."""


class Refused(Exception):
    """It serves, and does not let us in just now. `why`: visit (a citizen is being served), no such test, lost."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Knock:
    """One question to the serving process of `state`."""

    def __init__(self, state: Path) -> None:
        self._state = state

    async def look(self) -> tuple[Looked, ...]:
        """Raises NobodyServes, Refused."""
        reader, writer = await self._line()
        try:
            async with asyncio.timeout(ANSWER):
                _put(writer, {"do": "look"})
                answer = json.loads(await reader.readline())
                return tuple(looked_in(one) for one in answer["devices"])
        except (OSError, ValueError, KeyError, TimeoutError):
            raise Refused("lost") from None
        finally:
            await _hang_up(writer)

    async def test(self, role: str, test: str, technician: str, language: str, person: Person) -> Result:
        """Runs it there, with `person` here. Raises NobodyServes, Refused."""
        reader, writer = await self._line()
        try:
            _put(writer, {"do": "test", "role": role, "test": test, "technician": technician, "language": language})
            while line := await reader.readline():
                said = json.loads(line)
                if "refused" in said:
                    raise Refused(str(said["refused"]))
                if "result" in said:
                    return _result(said["result"])
                if "tell" in said:
                    person.tell(text_in(said["tell"]))
                if "confirm" in said:
                    try:
                        answer: bool | None = await person.confirm(text_in(said["confirm"]))
                    except Skipped:
                        answer = None
                    _put(writer, {"answer": answer})
            raise Refused("lost")
        except (OSError, ValueError, KeyError):
            raise Refused("lost") from None
        finally:
            await _hang_up(writer)

    async def print(self, role: str, file: Path) -> None:
        """Puts what is in `file` on paper there (see `printing`). Raises NobodyServes, Refused (a fault's code, visit, lost)."""
        reader, writer = await self._line()
        try:
            async with asyncio.timeout(PRINTED):
                _put(writer, {"do": "print", "role": role, "file": str(file)})
                answer = json.loads(await reader.readline())
        except (OSError, ValueError, TimeoutError):
            raise Refused("lost") from None
        finally:
            await _hang_up(writer)
        if "printed" not in answer:
            raise Refused(str(answer.get("refused", "lost")))

    async def _line(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Between two visits one process ends before the next opens its door: a door that was there is knocked at again for a while."""
        end = time.monotonic() + NEXT_ONE
        while True:
            if not (self._state / SOCKET).exists():
                raise NobodyServes
            try:
                return await asyncio.open_unix_connection(sock=connected(self._state))
            except OSError:
                if time.monotonic() >= end:
                    raise NobodyServes from None
            await asyncio.sleep(0.2)


def connected(state: Path) -> socket.socket:
    """Through the folder's descriptor, as the door was bound. Raises OSError."""
    folder = os.open(state, os.O_RDONLY | os.O_DIRECTORY)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.connect(f"/proc/self/fd/{folder}/{SOCKET}")
        line.setblocking(False)
        return line
    except BaseException:
        line.close()
        raise
    finally:
        os.close(folder)


def _put(writer: asyncio.StreamWriter, what: Mapping[str, Any]) -> None:
    writer.write(json.dumps(what).encode() + b"\n")


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def _result(data: Mapping[str, Any]) -> Result:
    given = {**data, "time": datetime.fromisoformat(data["time"]), "outcome": Outcome(data["outcome"])}
    return Result(**given)
