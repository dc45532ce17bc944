"""What every camera shares, whatever it is for: one line of pictures, newest only, and a judge of whether they are to be trusted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""height × width × 3, BGR."""


class Trouble(Exception):
    """What a camera has, in one word: `absent` `busy` `frozen` `black` `overexposed` `wrong_colours` `slow`.

    A driver turns it into the Fault of its kind. `detail` is for technicians.
    """

    def __init__(self, word: str, detail: str) -> None:
        super().__init__(word, detail)
        self.word = word
        self.detail = detail
