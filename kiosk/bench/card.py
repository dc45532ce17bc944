"""Reading an ID card against the wire limit: the same bytes over the same pty, with nobody looking at them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import date

import serial

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.sam_serial import SamSerial
from kiosk.devices.id_card_reader.simulated import BITS_A_BYTE, SamSimulator
from kiosk.model.person import CardKind, IdCard

BAUD = 115200

_CARD = IdCard(
    kind=CardKind.MAINLAND,
    name="张三",
    sex="1",
    nation="01",
    birth=date(1990, 3, 7),
    address="广东省深圳市福田区园路1001号",
    id_number="110101199003070011",
    authority="深圳市公安局南山分局",
    valid_from=date(2020, 1, 1),
    valid_to=date(2040, 1, 1),
    photo=bytes(1024),
)


def _exchanges() -> list[tuple[bytes, int]]:
    """(request, size of its reply in bytes) of one reading."""
    around = codec.HEAD + codec.SHORTEST_REPLY
    return [(command.request, around + command.size) for command in (codec.FIND, codec.SELECT, codec.READ)]


class CardBench:
    """a: the driver finds, selects and reads. b: the requests go out and as many bytes come back through bare pyserial."""

    name = "card"
    labels = ("SamSerial find + select + read", "bare pyserial, the same bytes")
    rounds = 40

    def __init__(self) -> None:
        self._simulator = SamSimulator(baud=BAUD)
        self._to_close = AsyncExitStack()

    async def setup(self) -> None:
        path = self._simulator.start()
        self._to_close.callback(self._simulator.stop)
        self._reader = SamSerial(path, baud=BAUD)
        self._to_close.push_async_callback(self._reader.close)
        await self._reader.open()
        self._bare = self._to_close.enter_context(serial.Serial(path, BAUD, timeout=5))

    async def a(self) -> float:
        self._simulator.put(_CARD)
        start = time.perf_counter()
        there = await self._reader.find()
        card = await self._reader.read()
        seconds = time.perf_counter() - start
        if not there or card != _CARD:
            raise RuntimeError("the driver read something else than the simulated card")
        return seconds

    def b(self) -> float:
        self._simulator.put(_CARD)
        short = 0
        start = time.perf_counter()
        for request, size in _exchanges():
            self._bare.write(request)
            short += size - len(self._bare.read(size))
        seconds = time.perf_counter() - start
        if short:
            raise RuntimeError(f"the wire gave {short} bytes too few")
        return seconds

    async def teardown(self) -> None:
        await self._to_close.aclose()

    def facts(self) -> Mapping[str, float | int | str]:
        count = sum(len(request) + size for request, size in _exchanges())
        return {"bytes": count, "computed_limit_ms": round(count * BITS_A_BYTE / BAUD * 1000, 2)}


def bench() -> CardBench:
    return CardBench()
