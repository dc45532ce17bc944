"""The camera's newest picture, mirrored, in an oval with a ring of progress: QPainter draws it on every backend alike.

OpenCV brings it to its size once a frame: QPainter's own smooth scaling took 4 ms of the glass's thread at every repaint, this takes 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Property, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

if TYPE_CHECKING:  # a camera brings NumPy; the glass is painted before that is loaded
    from kiosk.devices.camera import Frame, FrameBuffer

QML_IMPORT_NAME = "kiosk.screens.painted"
QML_IMPORT_MAJOR_VERSION = 1

PERIOD = 50  # ms: 20 pictures a second look alive and cost little
FULL_CIRCLE = 360 * 16  # QPainter counts sixteenths of a degree
RING = 10.0


@QmlElement
class CameraPreview(QQuickPaintedItem):
    """Paints while it is visible. `progress` 0..1 closes the ring; `ringColor` says how it goes. `whole`: all of the picture, no oval."""

    progressChanged = Signal()
    ringColorChanged = Signal()
    wholeChanged = Signal()
    buffer: ClassVar[FrameBuffer | None] = None  # one glass, one face camera: given by QtStage.attach_preview

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._progress = 0.0
        self._whole = False
        self._ring = QColor("#0b5563")
        self._seen = -1
        self._frame: Frame | None = None  # as it came
        self._scaled: Frame | None = None  # cut, in the size of its place
        self._shown: Frame | None = None  # the same as it is painted: mirrored; blue, green, red, 255
        self._image = QImage()  # of self._shown, whose bytes it paints
        self._empty = True
        self._stale = True  # self._shown is of an earlier frame
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD)
        self._timer.timeout.connect(self._look)
        self.visibleChanged.connect(self._follow_visibility)
        self.setAntialiasing(True)
        self._timer.start()

    def _follow_visibility(self) -> None:
        if self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _look(self) -> None:
        buffer = CameraPreview.buffer
        if buffer is None or buffer.count == self._seen:
            return
        self._seen = buffer.count
        frame = buffer.copy_to(self._frame)
        self._empty, self._stale = frame is None, True
        if frame is not None:
            self._frame = frame
        elif self._frame is not None:
            self._frame.fill(0)  # the camera closed: no face stays in memory
            self._wipe()
        self.update()

    def _get_progress(self) -> float:
        return self._progress

    def _set_progress(self, progress: float) -> None:
        if progress != self._progress:
            self._progress = progress
            self.progressChanged.emit()
            self.update()

    def _get_ring(self) -> QColor:
        return self._ring

    def _set_ring(self, color: QColor) -> None:
        if color != self._ring:
            self._ring = color
            self.ringColorChanged.emit()
            self.update()

    def _get_whole(self) -> bool:
        return self._whole

    def _set_whole(self, whole: bool) -> None:
        if whole != self._whole:
            self._whole = whole
            self.wholeChanged.emit()
            self.update()

    whole = Property(bool, _get_whole, _set_whole, notify=wholeChanged)
    progress = Property(float, _get_progress, _set_progress, notify=progressChanged)
    ringColor = Property(QColor, _get_ring, _set_ring, notify=ringColorChanged)

    def paint(self, painter: QPainter) -> None:
        if self._whole:
            self._draw(painter, QRectF(0, 0, self.width(), self.height()))
            return
        oval = QRectF(RING, RING, self.width() - 2 * RING, self.height() - 2 * RING)
        shape = QPainterPath()
        shape.addEllipse(oval)
        painter.save()
        painter.setClipPath(shape)
        self._draw(painter, oval)
        painter.restore()
        painter.setPen(QPen(QColor("#d5cfc3"), RING))
        painter.drawEllipse(oval)
        if self._progress > 0:
            painter.setPen(QPen(self._ring, RING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(oval, 90 * 16, -round(FULL_CIRCLE * min(1.0, self._progress)))

    def _draw(self, painter: QPainter, place: QRectF) -> None:
        painter.fillRect(place, QColor("#2a2f36"))
        if not self._empty:
            self._bring_to(place.toAlignedRect().size())
            painter.drawImage(place, self._image)

    def _bring_to(self, size: QSize) -> None:
        """What `self._image` paints, if there is a newer frame or another place. No copy of a face is left to the allocator."""
        if self._frame is None or (not self._stale and self._image.size() == size):
            return
        import cv2  # not above: the glass is painted before these are loaded; whoever gave a frame has them
        import numpy as np

        width, height = size.width(), size.height()
        if self._scaled is None or self._shown is None or self._image.size() != size:
            self._wipe()
            self._scaled, self._shown = np.empty((height, width, 3), np.uint8), np.empty((height, width, 4), np.uint8)
            self._image = QImage(self._shown.data, width, height, self._shown.strides[0], QImage.Format.Format_RGB32)
        part = self._part(size, self._frame)
        cut = self._frame[part.top() : part.top() + part.height(), part.left() : part.left() + part.width()]
        cv2.resize(cut, (width, height), dst=self._scaled)
        cv2.cvtColor(self._scaled, cv2.COLOR_BGR2BGRA, dst=self._shown)
        cv2.flip(self._shown, 1, dst=self._shown)  # as in a mirror: people move the right way
        self._stale = False

    def _wipe(self) -> None:
        for held in (self._scaled, self._shown):
            if held is not None:
                held.fill(0)

    def _part(self, size: QSize, frame: Frame) -> QRect:
        """Of the frame: all of it where the whole picture is painted, else what has the proportions of `size`, from its middle."""
        height, width = frame.shape[:2]
        if self._whole:
            return QRect(0, 0, width, height)
        wanted = size.width() / size.height()
        if width / height > wanted:
            return QRect(round((width - height * wanted) / 2), 0, round(height * wanted), height)
        return QRect(0, round((height - width / wanted) / 2), width, round(width / wanted))
