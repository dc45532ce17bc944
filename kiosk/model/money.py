"""Money is an integer number of fen."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(\d{1,9})\.(\d{2}) CNY")


@dataclass(frozen=True, order=True)
class Money:
    """An amount in Chinese yuan; `fen` is a hundredth and is never negative."""

    fen: int

    def __post_init__(self) -> None:
        if isinstance(self.fen, bool) or not isinstance(self.fen, int) or self.fen < 0:
            raise ValueError(f"not an amount in fen: {self.fen!r}")

    @classmethod
    def parse(cls, written: str) -> Money:
        """`"40.00 CNY"` → 4000 fen. Raises ValueError for any other spelling."""
        match = _WRITTEN.fullmatch(written)
        if not match:
            raise ValueError(f'"{written}" is not an amount such as "40.00 CNY"')
        return cls(int(match[1]) * 100 + int(match[2]))

    def __str__(self) -> str:
        return f"¥{self.fen // 100:,}.{self.fen % 100:02d}"
