"""The twelve keys: what a USB keypad sends, and what each of them does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

DIGITS = "0123456789"
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#")
# What number pads without a # have in its place, and what a full keyboard has for the same thing while the reader is on.
_OTHERS = {Qt.Key.Key_Slash: "#", Qt.Key.Key_Period: "#", Qt.Key.Key_Backspace: "*"}
_AS_KEYS = {Qt.Key.Key_Tab: "6", Qt.Key.Key_Backtab: "4", Qt.Key.Key_Return: "5", Qt.Key.Key_Enter: "5", Qt.Key.Key_Space: "5"}


def of(event: QKeyEvent) -> str:
    """The key of KEYS that `event` stands for; "": none of them."""
    if event.text() in KEYS:
        return event.text()
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return _OTHERS.get(Qt.Key(event.key()), "")
    return ""


def walking(event: QKeyEvent) -> str:
    """The same for who walks with the reader on a full keyboard."""
    return of(event) or _AS_KEYS.get(Qt.Key(event.key()), "")
