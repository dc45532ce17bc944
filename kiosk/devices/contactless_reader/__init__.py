"""The contactless reader: which card lies there, and a line to its chip for the department that may write it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from kiosk.devices.contactless_reader.purse import GET_BALANCE, SUCCESS, amount_of
from kiosk.devices.device import Device

RELAY = "relay"  # a capability: commands of a department reach the card


class ContactlessReader(Device):
    """Faults: `contactless_reader.absent` STAFF, `.removed` RETRY (the card that was found is gone), `.unknown_card` RETRY.

    Made to fit PC/SC: `find` is a connect, a SELECT and a read; `transmit` is a row of `SCardTransmit` on that connection.
    """

    kind: ClassVar[str] = "contactless_reader"
    capabilities: frozenset[str] = frozenset()  # known once open; without `RELAY` it can only say which card is there

    @abstractmethod
    async def find(self) -> str | None:
        """The number of the card that lies there, None for no card. One poll, no waiting; poll every 300 ms or slower."""

    @abstractmethod
    async def transmit(self, apdus: Sequence[bytes]) -> list[bytes]:
        """Send `apdus` one after another to the card that `find` has found last; its answers, each with its status word.

        In one go: nothing else reaches the card meanwhile, and called off it still ends what it began. Behind the first answer
        that is no success nothing more is sent, so there may be fewer answers than commands. Raises `.removed` when the
        card is lifted: what of the row was done is then for the department to find out, from the card.
        """

    async def balance(self) -> int | None:
        """Fen in the purse of the card that was found; None for a card without one."""
        (answer,) = await self.transmit([GET_BALANCE])
        return amount_of(answer) if answer[-2:] == SUCCESS else None
