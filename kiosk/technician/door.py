"""The serving process lets a technician in beside the citizens: a socket in its state folder, for this user alone.

One JSON object a line both ways. `{"do": "look"}` → `{"devices": […]}`. `{"do": "test", "role", "test", "technician", "language"}` →
`{"tell"}`, `{"confirm"}` (to be answered `{"answer": true | false | null}`) …, `{"result"}`.
`{"do": "print", "role", "file"}` → `{"printed"}`. Anything wrong → `{"refused": why}`.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.devices.device import Device
from kiosk.flow.desk import Terminal
from kiosk.flow.turn import Turn
from kiosk.model.faults import Fault
from kiosk.model.words import Text
from kiosk.technician.printing import put_on_paper
from kiosk.technician.record import Record
from kiosk.technician.self_test import NOTHING, Bench, Box, Cell, Examiner, Faces, Picture, SelfTest, Skipped, self_tests
from kiosk.technician.view import look
from kiosk.technician.wire import looked_out, text_out

SOCKET = "technician.sock"
LONGEST = 4_096  # bytes of one question


class Door:
    """Serves whoever knocks. While a citizen's visit goes on, nobody tests; while somebody tests, no visit begins."""

    def __init__(
        self, devices: Mapping[str, Device], terminal: Terminal, turn: Turn, faces: Faces, open_record: Callable[[], Record]
    ) -> None:
        self._devices = devices
        self._terminal = terminal
        self._turn = turn
        self._faces = faces
        self._open = open_record
        self._guests: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def at(self, state: Path) -> AsyncIterator[None]:
        """Open in `state` until the block ends. A folder that takes no socket is no reason not to serve citizens."""
        door: socket.socket | None = None
        with suppress(OSError):
            door = _bound(state)
        server = await asyncio.start_unix_server(self._guest, sock=door, limit=LONGEST) if door is not None else None
        try:
            yield
        finally:
            if server is not None:
                server.close()
            for guest in self._guests:
                guest.cancel()
            await asyncio.gather(*self._guests, return_exceptions=True)
            if server is not None:
                await server.wait_closed()

    async def _guest(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        this = asyncio.current_task()
        assert this is not None
        self._guests.add(this)
        try:
            if _user(writer) not in (0, os.geteuid()):
                return
            await self._serve(_Line(reader, writer))
        except (OSError, ValueError, KeyError, TypeError, asyncio.CancelledError):
            pass  # gone in the middle, or no language we speak; or the process ends
        finally:
            self._guests.discard(this)
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _serve(self, line: _Line) -> None:
        asked = await line.hear()
        match asked.get("do"):
            case "look":
                found = await look(self._devices)
                await line.say({"devices": [looked_out(one) for one in found], "visit": self._turn.visit, "pid": os.getpid()})
            case "test":
                test = next((one for one in _tests(self._devices, asked["role"]) if one.name == asked["test"]), None)
                if test is None:
                    await line.say({"refused": "no such test"})
                elif not self._turn.take():
                    await line.say({"refused": "visit"})
                else:
                    try:
                        await self._test(test, asked, line)
                    finally:
                        self._turn.give_back()
            case "print" if not self._turn.take():
                await line.say({"refused": "visit"})
            case "print":
                try:
                    await put_on_paper(self._devices[asked["role"]], Path(asked["file"]))
                    await line.say({"printed": asked["role"]})
                except Fault as fault:
                    await line.say({"refused": fault.code})
                finally:
                    self._turn.give_back()
            case _:
                await line.say({"refused": "no such question"})

    async def _test(self, test: SelfTest, asked: Mapping[str, Any], line: _Line) -> None:
        """The guest's going away ends the test."""
        bench = Bench(
            person=_AtTheOtherEnd(line), devices=self._devices, terminal=self._terminal, language=str(asked["language"]), faces=self._faces
        )
        with self._open() as record:
            work = asyncio.create_task(Examiner(technician=str(asked["technician"])[:64], record=record).run(test, asked["role"], bench))
            gone = asyncio.create_task(line.gone())
            try:
                await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                work.cancel()
                gone.cancel()
                await asyncio.gather(work, gone, return_exceptions=True)
            if not work.cancelled():
                result = work.result()
                await line.say({"result": {**asdict(result), "time": result.time.isoformat(), "outcome": result.outcome.value}})


class _AtTheOtherEnd:
    """The person of a test who reads this line."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def tell(self, words: Text) -> None:
        self._line.write({"tell": text_out(words)})

    async def confirm(self, question: Text) -> bool:
        self._line.write({"confirm": text_out(question)})
        answer = await self._line.answer()
        if answer is None:
            raise Skipped
        return answer

    async def judge(self, question: Text, look: Callable[[], Awaitable[None]]) -> bool | None:
        return None

    def see(self, picture: Picture, facts: Mapping[str, str] = NOTHING, face: Box | None = None) -> None:
        return  # a picture of whoever stands there leaves the process on no line

    async def touch(self, columns: int, rows: int) -> Collection[Cell]:
        raise Skipped


class _Line:
    """Lines of JSON. While a test runs, one reader takes what comes: an answer, or the end."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._answers: asyncio.Queue[bool | None] = asyncio.Queue()

    async def hear(self) -> dict[str, Any]:
        heard = json.loads(await self._reader.readline())
        return heard if isinstance(heard, dict) else {}

    async def gone(self) -> None:
        while line := await self._reader.readline():
            self._answers.put_nowait(json.loads(line)["answer"])

    async def answer(self) -> bool | None:
        return await self._answers.get()

    def write(self, what: Mapping[str, Any]) -> None:
        self._writer.write(json.dumps(what).encode() + b"\n")

    async def say(self, what: Mapping[str, Any]) -> None:
        self.write(what)
        await self._writer.drain()


def _tests(devices: Mapping[str, Device], role: str) -> tuple[SelfTest, ...]:
    device = devices.get(role)
    return self_tests(device.kind) if device is not None else ()


def _bound(state: Path) -> socket.socket:
    """Through the folder's descriptor: a path of more than 107 bytes is no address for a socket."""
    folder = os.open(state, os.O_RDONLY | os.O_DIRECTORY)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        (state / SOCKET).unlink(missing_ok=True)  # of the process before us, which serves no more
        door.bind(f"/proc/self/fd/{folder}/{SOCKET}")
        (state / SOCKET).chmod(0o600)
        door.setblocking(False)
        return door
    except BaseException:
        door.close()
        raise
    finally:
        os.close(folder)


def _user(writer: asyncio.StreamWriter) -> int:
    """The user at the other end, as the kernel says."""
    other = writer.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", other)[1])
