"""What every printer must keep about whose paper it is; inherited by the contracts of both kinds."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.printer import Printer
from kiosk.model.binding import Binding, fresh
from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import Person

Hands = Mapping[str, tuple[Callable[[], None], Callable[[], None]]]
"""Fault code → (how to bring it about, how to mend it)."""

HER = Person(name="林秀英", id_number="350203196805120028")
HIM = Person(name="王小明", id_number="350203199001010012")


def visit(printer: Printer, person: Person | None = HER) -> Binding:
    """A visit begins, of somebody who has just come; returns what its jobs carry."""
    printer.door.forget()
    nonce = fresh()
    printer.door.open(nonce)
    if person is not None:
        printer.door.identify(person)
    return Binding.of(nonce, person)


class PrinterContract(ABC):
    @abstractmethod
    def print_something(self, printer: Printer, job: str, binding: Binding) -> Awaitable[object]:
        """`printer.print` of some small thing."""

    def came_out(self, folder: Path) -> int | None:
        """How many papers came out; None if nobody can count them."""
        return None

    async def test_what_is_no_name_of_a_job_is_a_bug_of_the_caller(self, printer: Printer) -> None:
        for job in ("", "../../etc/passwd", "a b", "x" * 65):
            with pytest.raises(ValueError):
                await self.print_something(printer, job, visit(printer))

    async def _refused(self, printer: Printer, folder: Path, binding: Binding, job: str = "V-1-D1") -> None:
        before = self.came_out(folder)
        with pytest.raises(Fault) as caught:
            await self.print_something(printer, job, binding)
        assert (caught.value.code, caught.value.remedy) == (f"{printer.kind}.wrong_owner", Remedy.STAFF)
        assert self.came_out(folder) == before

    async def test_a_paper_of_another_visit_is_refused(self, printer: Printer, tmp_path: Path) -> None:
        before = visit(printer)
        now = visit(printer)
        await self._refused(printer, tmp_path, before)  # the same person, an hour ago
        await self._refused(printer, tmp_path, replace(now, nonce=before.nonce))
        await self._refused(printer, tmp_path, replace(now, nonce=fresh()))  # forged
        await self.print_something(printer, "V-2-D1", now)
        assert self.came_out(tmp_path) in (None, 1)

    async def test_a_paper_of_another_person_is_refused(self, printer: Printer, tmp_path: Path) -> None:
        hers = visit(printer)
        await self._refused(printer, tmp_path, Binding.of(hers.nonce, HIM))
        await self._refused(printer, tmp_path, Binding.of(hers.nonce, None))
        nobodys = visit(printer, None)
        await self._refused(printer, tmp_path, Binding.of(nobodys.nonce, HIM))
        await self.print_something(printer, "V-2-D1", nobodys)

    async def test_a_second_person_gets_nothing_and_neither_does_the_first(self, printer: Printer, tmp_path: Path) -> None:
        hers = visit(printer)
        with pytest.raises(Fault) as caught:
            printer.door.identify(HIM)
        assert caught.value.code == "identity.person_changed"
        for binding in (hers, Binding.of(hers.nonce, HIM)):
            await self._refused(printer, tmp_path, binding)
        nonce = fresh()
        printer.door.open(nonce)  # the next matter of the same visit
        await self._refused(printer, tmp_path, Binding.of(nonce, HER))

    async def test_several_matters_of_one_person_are_printed(self, printer: Printer, tmp_path: Path) -> None:
        await self.print_something(printer, "V-1-D1", visit(printer))
        printer.door.close()
        nonce = fresh()
        printer.door.open(nonce)
        printer.door.identify(HER)
        await self.print_something(printer, "V-2-D1", Binding.of(nonce, HER))
        assert self.came_out(tmp_path) in (None, 2)

    async def test_nothing_is_printed_while_nobody_is_served(self, printer: Printer, tmp_path: Path) -> None:
        binding = visit(printer)
        printer.door.close()
        await self._refused(printer, tmp_path, binding)
        printer.door.forget()
        await self._refused(printer, tmp_path, binding)

    async def test_a_paper_that_waited_into_the_next_visit_never_comes_out(self, printer: Printer, tmp_path: Path) -> None:
        """As in Japan in 2023: the first request took too long, the second came a second later. Asked again before the paper moves."""
        ready, go = threading.Event(), threading.Event()

        def slow() -> None:
            ready.set()
            go.wait(30)

        holding = asyncio.create_task(printer.lane.run(slow))
        await asyncio.to_thread(ready.wait, 30)
        first = asyncio.ensure_future(self.print_something(printer, "V-1-D1", visit(printer, HER)))
        await asyncio.sleep(0)  # taken, and waiting for the lane
        second = asyncio.ensure_future(self.print_something(printer, "V-2-D1", visit(printer, HIM)))
        await asyncio.sleep(0)
        go.set()
        await holding
        with pytest.raises(Fault) as caught:
            await first
        assert caught.value.code == f"{printer.kind}.wrong_owner"
        await second
        assert self.came_out(tmp_path) in (None, 1)

    async def test_purge_takes_back_what_has_not_come_out(self, printer: Printer, tmp_path: Path) -> None:
        binding = visit(printer)
        printing = asyncio.ensure_future(self.print_something(printer, "V-1-D1", binding))
        await asyncio.sleep(0.05)
        await printer.purge()
        with suppress(Fault):
            await printing
            assert self.came_out(tmp_path) in (None, 1)
            return
        assert self.came_out(tmp_path) in (None, 0)
        await printer.purge()
        await self.print_something(printer, "V-1-D1", binding)
        assert self.came_out(tmp_path) in (None, 1)

    async def test_purging_nothing_is_well(self, printer: Printer, tmp_path: Path) -> None:
        await printer.purge()
        await printer.purge()
        await self.print_something(printer, "V-1-D1", visit(printer))
        assert self.came_out(tmp_path) in (None, 1)
