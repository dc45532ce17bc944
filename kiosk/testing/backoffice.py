"""What every adapter must keep, whatever department it speaks to: inherit `AdapterContract` and fill in the hooks."""

from __future__ import annotations

import asyncio
import re
import traceback
from abc import ABC, abstractmethod

import pytest

from kiosk.backoffice import Adapter, Reply, Request
from kiosk.model.faults import Fault, Remedy


class AdapterContract(ABC):
    """Hooks: an adapter with a short deadline, three requests of one department that stands ready, and hands to break it."""

    @abstractmethod
    def make(self) -> Adapter:
        """A fresh adapter; the test closes it."""

    @abstractmethod
    def reads(self) -> Request:
        """One that only reads, about a person."""

    @abstractmethod
    def writes(self) -> Request:
        """One that changes something, about a person, under a key not used before."""

    @abstractmethod
    def refused(self) -> Request:
        """One that the department refuses."""

    @abstractmethod
    def breaks(self, how: str) -> None:
        """From now on the department is `asleep`, loses its replies (`lost_reply`), or talks `garbage`; `well` mends it."""

    @abstractmethod
    def deeds(self, key: str) -> int:
        """How often the deed under `key` was done, by the department's own books."""

    def test_operations_are_named_by_their_system(self) -> None:
        operations = self.make().operations
        assert isinstance(operations, frozenset) and operations
        assert all(re.fullmatch(r"[A-Z][A-Z0-9-]*\.[A-Za-z0-9]+", one) for one in operations), operations

    async def test_it_answers(self) -> None:
        await self._answers(self.reads())
        await self._answers(self.writes())

    async def test_the_same_key_twice_is_one_deed_and_one_answer(self) -> None:
        request = self.writes()
        assert await self._answers(request) == await self._answers(request)
        assert self.deeds(request.key) == 1

    async def test_an_unknown_outcome_is_asked_about_with_the_same_key(self) -> None:
        adapter, request = self.make(), self.writes()
        try:
            self.breaks("lost_reply")
            assert (await self._fault(adapter, request)).code == "backoffice.unknown"
            # Even asleep it may not say "surely not done" of something that may be done by now.
            self.breaks("asleep")
            assert (await self._fault(adapter, request)).code == "backoffice.unknown"
            self.breaks("well")
            assert await adapter.call(request)
            assert self.deeds(request.key) == 1
        finally:
            await adapter.close()

    async def test_asleep_means_surely_not_done(self) -> None:
        for request in (self.reads(), self.writes()):
            adapter = self.make()
            self.breaks("asleep")
            fault = await self._fault(adapter, request)
            await adapter.close()
            assert (fault.code, fault.remedy) == ("backoffice.asleep", Remedy.LATER)
            assert self.deeds(request.key) == 0

    async def test_garbage_is_never_an_answer(self) -> None:
        self.breaks("garbage")
        for request, code in ((self.reads(), "backoffice.garbage"), (self.writes(), "backoffice.unknown")):
            adapter = self.make()
            assert (await self._fault(adapter, request)).code == code
            await adapter.close()

    async def test_a_refusal_has_a_reason_and_another_way(self) -> None:
        adapter = self.make()
        fault = await self._fault(adapter, self.refused())
        await adapter.close()
        assert re.fullmatch(r"backoffice\.refused\.[a-z_]+", fault.code) and fault.remedy is Remedy.OTHER_WAY

    async def test_nothing_personal_shows_in_faults_and_reprs(self) -> None:
        shown = []
        for how in ("well", "asleep", "lost_reply", "garbage"):
            self.breaks(how)
            adapter, request = self.make(), self.writes()
            try:
                shown.append(repr(await adapter.call(request)))
            except Fault as fault:
                shown += [repr(fault), *traceback.format_exception(fault)]
            await adapter.close()
            person = request.person
            assert person is not None
            assert not [text for text in shown if person.name in text or person.id_number in text]

    async def test_several_at_once_do_not_mix(self) -> None:
        adapter = self.make()
        requests = [self.reads(), self.writes(), self.reads()]
        replies = await asyncio.gather(*(adapter.call(one) for one in requests))
        await adapter.close()
        assert [one.operation for one in replies] == [one.operation for one in requests]

    async def test_closing_twice_and_unused_is_fine(self) -> None:
        adapter = self.make()
        await adapter.close()
        await adapter.close()

    async def _answers(self, request: Request) -> Reply:
        adapter = self.make()
        try:
            reply = await adapter.call(request)
        finally:
            await adapter.close()
        assert reply.operation == request.operation and reply.data
        return reply

    async def _fault(self, adapter: Adapter, request: Request) -> Fault:
        with pytest.raises(Fault) as caught:
            await adapter.call(request)
        return caught.value
