"""The camera's newest picture in an oval with a ring of progress: QPainter draws it on every backend alike.

It comes in the size of its place, from the camera's thread: this one only lays it down, as it has touches to answer.
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
RING = 10


@QmlElement
class CameraPreview(QQuickPaintedItem):
    """Paints while it is visible. `progress` 0..1 closes the ring; `ringColor` says how it goes. `whole`: all of the picture, no oval."""

    progressChanged = Signal()
    ringColorChanged = Signal()
    wholeChanged = Signal()
    buffer: ClassVar[FrameBuffer | None] = None  # one glass, one face camera: given by QtStage.attach_preview
    withheld: ClassVar[bool] = False  # a volunteer looks: nobody's picture is painted

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._progress = 0.0
        self._whole = False
        self._ring = QColor("#0b5563")
        self._seen = -1
        self._shown: Frame | None = None
        self._image = QImage()  # paints the bytes of self._shown
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
        if buffer is None or buffer.count == self._seen or CameraPreview.withheld:
            return  # the masked screen's preview takes nothing: the citizen's own is to have the newest when it is seen again
        self._seen = buffer.count
        if buffer.empty:
            if self._shown is not None:
                self._shown.fill(0)  # the camera closed: no face stays in memory
            self._image = QImage()
        else:
            self._take(buffer)
        self.update()

    def _take(self, buffer: FrameBuffer) -> None:
        newest = buffer.swap(self._shown)
        if newest is not None:
            height, width, _ = newest.shape
            self._shown = newest
            self._image = QImage(newest.data, width, height, newest.strides[0], QImage.Format.Format_RGB32)

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
            self._image = QImage()  # another part of the frame
            self.wholeChanged.emit()
            self.update()

    whole = Property(bool, _get_whole, _set_whole, notify=wholeChanged)
    progress = Property(float, _get_progress, _set_progress, notify=progressChanged)
    ringColor = Property(QColor, _get_ring, _set_ring, notify=ringColorChanged)

    def paint(self, painter: QPainter) -> None:
        if self._whole:
            self._lay(painter, QRect(0, 0, round(self.width()), round(self.height())))
            return
        oval = QRect(RING, RING, round(self.width()) - 2 * RING, round(self.height()) - 2 * RING)
        shape = QPainterPath()
        shape.addEllipse(QRectF(oval))
        painter.save()
        painter.setClipPath(shape)
        self._lay(painter, oval)
        painter.restore()
        painter.setPen(QPen(QColor("#d5cfc3"), RING))
        painter.drawEllipse(oval)
        if self._progress > 0:
            painter.setPen(QPen(self._ring, RING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(oval, 90 * 16, -round(FULL_CIRCLE * min(1.0, self._progress)))

    def _lay(self, painter: QPainter, where: QRect) -> None:
        if CameraPreview.withheld:
            return
        buffer = CameraPreview.buffer
        if buffer is not None and where.isValid():
            self._stand(buffer, where.size())
        if self._image.size() == where.size():
            painter.drawImage(where.topLeft(), self._image)  # as it is: a target of the same size would be scaled all the same
        else:
            painter.fillRect(where, QColor("#2a2f36"))

    def _stand(self, buffer: FrameBuffer, size: QSize) -> None:
        """The first painting, and any in another size, says where the picture stands; the frame that is here is brought there at once."""
        if self._image.isNull() or self._image.size() != size:
            from kiosk.devices.camera import Place  # not above: see there

            buffer.stand(Place(size.width(), size.height(), whole=self._whole))
            self._take(buffer)
