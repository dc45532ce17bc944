"""A QR code in crisp modules: whole pixels, a quiet zone, nothing smoothed."""

from __future__ import annotations

from PySide6.QtCore import Property, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "kiosk.screens.painted"
QML_IMPORT_MAJOR_VERSION = 1

QUIET = 4  # modules of white around it, ISO/IEC 18004


@QmlElement
class QrCode(QQuickPaintedItem):
    """`text`: what a telephone reads; "" paints nothing."""

    textChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._modules: list[list[bool]] = []
        self.setAntialiasing(False)
        self.setFillColor(Qt.GlobalColor.white)

    def _get_text(self) -> str:
        return self._text

    def _set_text(self, text: str) -> None:
        if text == self._text:
            return
        self._text = text
        self._modules = []
        if text:
            # Loaded with the first code: the first frame has none.
            from qrcode.constants import ERROR_CORRECT_M
            from qrcode.main import QRCode

            code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)  # type: ignore[type-arg]
            code.add_data(text)
            code.make(fit=True)
            self._modules = code.get_matrix()
        self.textChanged.emit()
        self.update()

    text = Property(str, _get_text, _set_text, notify=textChanged)

    def paint(self, painter: QPainter) -> None:
        if not self._modules:
            return
        side = int(min(self.width(), self.height())) // len(self._modules)
        left = (int(self.width()) - side * len(self._modules)) // 2
        top = (int(self.height()) - side * len(self._modules)) // 2
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRect(left + x * side, top + y * side, side, side), Qt.GlobalColor.black)
