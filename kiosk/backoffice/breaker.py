"""A circuit breaker: a department that failed n times in a row is left in peace for a while (RELIABILITY F-31)."""

from __future__ import annotations

import time
from collections.abc import Callable


class Breaker:
    """Closed until `after` failures in a row; then open for `rest` seconds; then one probe a rest (half-open) until one works."""

    def __init__(self, after: int, rest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._after = after
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._since = 0.0

    def allows(self) -> bool:
        """May a call go out now? Of several that ask while it is half-open, one may."""
        if self._failures < self._after:
            return True
        if self._clock() - self._since < self._rest:
            return False
        self._since = self._clock()  # the probe: a cancelled one costs a rest, it does not wedge the breaker
        return True

    def worked(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        self._since = self._clock()
