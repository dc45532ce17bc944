"""What both kinds of printer share: a door that lets through the papers of this visit's person alone (docs/decisions/0014)."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.devices.device import Device
from kiosk.model.binding import Binding, fresh
from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import Person

_JOB = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Door:
    """One for all printers of a serving process. Closed at the start and between visits; lanes may ask it from their threads."""

    def __init__(self) -> None:
        self._person: Person | None = None
        self._locked = False
        self._aside: Binding | None = None
        self._binding: Binding | None = None  # replaced as a whole: a thread sees the old one or the new one

    def open(self, nonce: bytes) -> None:
        """A visit begins. Who was identified in the visit before stays the person of this one, until `forget`."""
        self._aside = None
        self._binding = None if self._locked else Binding.of(nonce, self._person)

    def identify(self, person: Person) -> None:
        """From now on only `person`'s papers, until `forget`. For a second person the door locks: then there is no paper for anybody.

        Raises Fault("identity.person_changed", LATER).
        """
        if self._person is None and self._binding is not None:
            self._person, self._binding = person, Binding.of(self._binding.nonce, person)
        elif self._person is not None and self._person.id_number != person.id_number:
            self._locked, self._binding = True, None
            raise Fault("identity.person_changed", Remedy.LATER)

    def close(self) -> None:
        """The visit is over: what has not come out never does."""
        self._binding = None

    def forget(self) -> None:
        """The person leaves."""
        self._person, self._locked, self._binding = None, False, None

    @contextmanager
    def aside(self) -> Iterator[Binding]:
        """For a paper of no visit, a technician's test page. A visit that begins meanwhile ends it."""
        self._aside = mine = Binding.of(fresh(), None)
        try:
            yield mine
        finally:
            if self._aside is mine:
                self._aside = None

    def admits(self, binding: Binding) -> bool:
        return any(open_to is not None and open_to.same(binding) for open_to in (self._binding, self._aside))


class Printer(Device):
    """`door` is replaced by the house's one door; a driver asks it through `admit`."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self.door = Door()

    def admit(self, job: str, binding: Binding) -> None:
        """For drivers: call it before a job is taken, and again in the lane right before the paper moves.

        Raises Fault("<kind>.wrong_owner", STAFF); ValueError for a job name that is none: a bug of the caller.
        """
        if not _JOB.fullmatch(job):
            raise ValueError("a job has a name of letters, digits, - and _")
        if not self.door.admits(binding):
            raise Fault(f"{self.kind}.wrong_owner", Remedy.STAFF)

    @abstractmethod
    async def purge(self) -> None:
        """Take back everything that has not come out, whoever sent it: paper never appears for the next person.

        Also what is just being printed, and what an earlier process left behind. Raises Fault: then something may still come.
        """
