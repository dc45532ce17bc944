"""The ID-card reader: finds a card, reads it, never remembers it."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from kiosk.devices.device import Device
from kiosk.model.person import IdCard


class IdCardReader(Device):
    """Faults: `id_card_reader.absent` STAFF, `.moved` RETRY (lift and put again), `.not_genuine` OTHER_WAY,
    `.wrong_card` RETRY, `.damaged` OTHER_WAY, `.hardware` STAFF, `.unauthorised` STAFF, `.garbled` RETRY,
    `.kind_unsupported` OTHER_WAY (a card of a kind that did not exist when this was written).
    """

    kind: ClassVar[str] = "id_card_reader"
    serial: str = ""  # SAM number, "05.01-20200115-0000012345-0000001234"; known once open

    @abstractmethod
    async def find(self) -> bool:
        """Is a card there? One poll, no waiting; poll every 300 ms or slower."""

    @abstractmethod
    async def read(self) -> IdCard:
        """Select and read the card that `find` has just found."""

    async def addresses(self) -> tuple[str, ...]:
        """Changes of address that were added to the card that was just read and still lies there; newest last, often none."""
        return ()

    async def lying(self) -> bool:
        """Does any card lie on the plate, also one that was read? The module is woken anew, for a card that was read keeps silent.

        True is sure; False is not: no reader has a signal for a card that is lifted.
        """
        return await self.find()
