"""What holds on every wire: no part of a card is ever left, wherever the plug comes out; and the driver never reads past a frame."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.codec import FrameParser
from kiosk.devices.id_card_reader.sam import Line, SamReader
from kiosk.devices.id_card_reader.simulated_sam import SimulatedSam
from kiosk.model.faults import Fault
from kiosk.model.health import State
from kiosk.testing.id_card_reader import CARD, names_nobody


class MemoryLine(Line):
    """A module at the end of a wire of bytes that costs no time. The plug comes out behind `breaks_after` bytes of replies."""

    def __init__(self, module: SimulatedSam) -> None:
        self.speed = 10_000_000
        self.module = module
        self.breaks_after: int | None = None
        self.handed_over = 0
        self._parser = FrameParser(codec.SHORTEST_REQUEST)
        self._waiting = bytearray()

    def drop(self) -> None:
        self._waiting.clear()

    def write(self, frame: bytes) -> None:
        for body in self._parser.feed(frame):
            self._waiting += self.module.answer(bytes(body))

    def read(self, count: int, within: float) -> bytes:
        assert 1 <= count <= codec.HEAD + codec.LONGEST
        taken = bytes(self._waiting[: count if self.breaks_after is None else min(count, self.breaks_after)])
        del self._waiting[: len(taken)]
        self.handed_over += len(taken)
        if self.breaks_after is not None:
            self.breaks_after -= len(taken)
            if not taken:
                raise OSError("gone")
        return taken

    def cancel(self) -> None: ...

    def close(self) -> None:
        self.drop()


class MemoryReader(SamReader):
    def __init__(self) -> None:
        super().__init__()
        self.module = SimulatedSam()
        self.line = MemoryLine(self.module)

    def _ways(self) -> Iterable[Callable[[], Line]]:
        return [lambda: self.line]

    def _facts(self) -> dict[str, str]:
        return {}


async def test_unplugged_behind_any_byte_of_the_card_there_is_no_part_of_it() -> None:
    reader = MemoryReader()
    await reader.open()
    for count in range(1295):
        reader.module.put(CARD)
        assert await reader.find() is True
        reader.line.breaks_after = 19 + count  # select goes through
        with pytest.raises(Fault) as caught:
            await reader.read()
        assert caught.value.code == "id_card_reader.absent" and names_nobody(repr(caught.value))
        assert caught.value.__context__ is None or names_nobody(repr(caught.value.__context__))
        assert reader.health.state is State.ABSENT
        assert not any(reader._parser._buffer), f"bytes of a card are left after {count}"
        reader.line.breaks_after = None
        await reader.open()
    reader.module.put(CARD)
    assert await reader.find() is True
    assert await reader.read() == CARD
    await reader.close()


async def test_the_driver_takes_just_the_bytes_of_one_reading() -> None:
    reader = MemoryReader()
    await reader.open()
    reader.module.put(CARD)
    reader.line.handed_over = 0
    assert await reader.find() is True
    assert await reader.read() == CARD
    assert reader.line.handed_over == 15 + 19 + 1295
    await reader.close()


class NoiseLine(MemoryLine):
    """Whatever is asked, `noise` comes in the given pieces, and nothing more."""

    def __init__(self, noise: bytes, pieces: list[int]) -> None:
        super().__init__(SimulatedSam())
        self.speed = 1_000_000_000
        self._noise, self._pieces = noise, pieces

    def write(self, frame: bytes) -> None:
        self._waiting += self._noise

    def read(self, count: int, within: float) -> bytes:
        self._pieces = [*self._pieces[1:], self._pieces[0]]
        taken = super().read(min(count, self._pieces[-1]), within)
        if not taken:
            raise OSError("the test has no time to wait")
        return taken


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.binary(max_size=6000), st.binary(max_size=300).map(lambda data: codec.frame(b"\0\0\x90" + data))),
    st.lists(st.integers(1, 1500), min_size=1, max_size=6),
    st.sampled_from([codec.FIND, codec.SELECT, codec.READ, codec.READ_PRINTS, codec.ADDRESSES]),
)
def test_whatever_comes_in_whatever_pieces_it_is_an_answer_or_a_fault(noise: bytes, pieces: list[int], command: codec.Command) -> None:
    reader = MemoryReader()
    reader._line = NoiseLine(noise, pieces)
    try:
        reply = reader._ask(command, threading.Event())
    except Fault as fault:
        assert fault.code == "id_card_reader.absent"
    else:
        assert reply is not None and command.answered_by(reply)
    assert not any(reader._parser._buffer)
    reader.lane.close()
