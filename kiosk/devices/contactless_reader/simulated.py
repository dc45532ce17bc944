"""The simulated contactless reader: a plate on loopback with an invented card on it, and a reader that speaks vpcd's wire."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from kiosk.devices.contactless_reader import ContactlessReader
from kiosk.devices.contactless_reader.simulated_card import ATR, SimulatedCard, cards
from kiosk.devices.contactless_reader.vpcd import GET_ATR, POWER_OFF, POWER_ON, RESET, VpcdReader, receive, send
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import OneOf, lever

WRITES = {b"\x80\x52", b"\x00\xd6"}  # the commands that change a card


class ContactlessSimulator(Simulator):
    """The card's side of the wire. `start()` gives `host:port`; it stays the same through unplug and plug_in.

    A card is named as in `simulated_card.cards()`; what is written on it stays until this simulator ends.
    """

    kind = ContactlessReader.kind
    icon = "contactless-payment"

    def __init__(self, *, wire: str = "127.0.0.1:0") -> None:
        self.wire = wire
        self.cards = cards()
        self._lock = threading.Lock()
        self._card: SimulatedCard | None = None
        self._lift_at = ""  # "before" or "after" the next write
        self._listener: socket.socket | None = None
        self._listening: threading.Thread | None = None
        self._line: socket.socket | None = None

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        simulator = cls()
        simulator.start()
        return simulator

    def told(self) -> Mapping[str, str]:
        return {"wire": self.wire}

    def stands(self) -> Mapping[str, str]:
        with self._lock:
            card = next((name for name, one in self.cards.items() if one is self._card), "other" if self._card else "")
            return {"card": card, "lifts": self._lift_at, "plug": "out" if self._listener is None else ""}

    def start(self) -> str:
        self.plug_in()
        return self.wire

    def stop(self) -> None:
        """May be called twice."""
        self.unplug()

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        if self._listener is not None:
            return
        host, _, port = self.wire.rpartition(":")
        self._listener = socket.create_server((host, int(port)))
        self.wire = f"{host}:{self._listener.getsockname()[1]}"
        self._listening = threading.Thread(target=self._listen, args=(self._listener,), name="contactless-simulator", daemon=True)
        self._listening.start()

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        if self._listener is None or self._listening is None:
            return
        with self._lock:
            listener, self._listener = self._listener, None
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._hang_up()
        self._listening.join()
        self._listening = None
        listener.close()

    @lever(fact="card")
    def put_card(self, card: Annotated[str, OneOf(*cards())]) -> None:
        """Lay a card on the plate, in place of any other; as it was when it was lifted."""
        self.put(self.cards[card])

    def put(self, card: SimulatedCard) -> None:
        self.lift_card()
        with self._lock:
            card.power()
            self._card, self._lift_at = card, ""

    @lever(fact="card", to="")
    def lift_card(self) -> None:
        with self._lock:
            self._card = None
        self._hang_up()

    @lever
    def lift_during_write(self, when: Literal["before", "after"] = "before") -> None:
        """The card is pulled away at the next command that writes: `before` it was done, or `after`, its answer lost."""
        with self._lock:
            self._lift_at = when

    def _hang_up(self) -> None:
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _listen(self, listener: socket.socket) -> None:
        """One reader at a time, as on a plate."""
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                with self._lock:
                    if self._listener is None:
                        return
                    self._line = line
                with contextlib.suppress(OSError):
                    self._serve(line)
                self._line = None

    def _serve(self, line: socket.socket) -> None:
        with self._lock:
            card = self._card
        while card is not None and (message := receive(line)) is not None:
            with self._lock:
                if self._card is not card or self._listener is None:
                    return
                answer = self._answer(card, message)
            if answer is None:
                return
            if answer:
                send(line, answer)

    def _answer(self, card: SimulatedCard, message: bytes) -> bytes | None:
        """b"" for a control that has no answer, None when the card is pulled away."""
        if message == GET_ATR:
            return ATR
        if message in (POWER_OFF, POWER_ON, RESET):
            card.power()
            return b""
        pulled = self._lift_at if message[:2] in WRITES else ""
        answer = b"" if pulled == "before" else card.answer(message)
        if pulled:
            self._card, self._lift_at = None, ""
            return None
        return answer


class SimulatedContactlessReader(VpcdReader):
    """A reader on a simulated plate. With `wire`, a ContactlessSimulator of another process already stands there; without, this
    reader starts and owns one (`simulator`), with `card` on it if given."""

    def __init__(self, *, name: str = "", wire: str = "", card: str = "") -> None:
        super().__init__(wire, name=name)
        self.simulator: ContactlessSimulator | None = None
        self._owns = not wire
        self._first = card

    async def open(self) -> None:
        if self._owns and self.simulator is None:
            self.simulator = ContactlessSimulator()
            self.wire = await self.lane.run(self.simulator.start)
            if self._first:
                self.simulator.put_card(self._first)
        await super().open()

    async def close(self) -> None:
        await super().close()
        if self.simulator is not None:
            await self.lane.run(self.simulator.stop)
            self.simulator = None
