"""What happens in the world while a visit goes on: orders are carried out as its steps are reached, each once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from kiosk.levers import WrongLever
from kiosk.world import World
from kiosk.world.order import START, Order


class Unfolding:
    """Lives in the engine's thread. `told` hears of every order that is carried out."""

    def __init__(self, world: World, orders: Sequence[Order], told: Callable[[Order], None] = lambda order: None) -> None:
        self._world, self._orders, self._told = world, list(orders), told
        self._later: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        await self.reached(START)

    async def reached(self, step: str) -> None:
        """Returns when everything that is due at once is so."""
        due = [order for order in self._orders if order.step == step]
        self._orders = [order for order in self._orders if order.step != step]
        for order in due:
            if order.seconds:
                self._later.add(asyncio.create_task(self._carry_out(order)))
            else:
                await self._carry_out(order)

    async def stop(self) -> None:
        """What was to come later does not come any more."""
        for task in self._later:
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)

    async def _carry_out(self, order: Order) -> None:
        await asyncio.sleep(order.seconds)
        self._told(order)
        try:
            await asyncio.to_thread(self._world.pull, order.role, order.lever, order.value)
        except ValueError as wrong:  # a value that the thing itself refuses
            raise WrongLever(f"{order}: {wrong}") from None
