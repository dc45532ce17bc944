"""Whose turn it is at this terminal: a citizen's visit or a technician's test, never both."""

from __future__ import annotations


class Turn:
    """For one loop: nothing is awaited between the question and the taking."""

    def __init__(self) -> None:
        self.visit = False
        self.technician = False

    def take(self) -> bool:
        """The technician's turn begins; False while a visit goes on, or another technician is at it."""
        if self.visit or self.technician:
            return False
        self.technician = True
        return True

    def give_back(self) -> None:
        self.technician = False
