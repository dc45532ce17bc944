"""The camera's newest picture, mirrored, in an oval with a ring of progress: QPainter draws it on every backend alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Property, QRectF, Qt, QTimer, Signal
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
        self._frame: Frame | None = None
        self._image = QImage()
        self._empty = True
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
        self._empty = frame is None
        if frame is None:
            if self._frame is not None:
                self._frame.fill(0)  # the camera closed: no face stays in memory
        elif frame is not self._frame:
            # One QImage for one array: it stays valid as long as self._frame does, and nothing is copied a second time.
            height, width, _ = frame.shape
            self._image = QImage(frame.data, width, height, frame.strides[0], QImage.Format.Format_BGR888)
            self._frame = frame
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
            everything = QRectF(0, 0, self.width(), self.height())
            painter.fillRect(everything, QColor("#2a2f36"))
            if not self._empty:
                self._draw(painter, everything, QRectF(self._image.rect()))
            return
        oval = QRectF(RING, RING, self.width() - 2 * RING, self.height() - 2 * RING)
        shape = QPainterPath()
        shape.addEllipse(oval)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(oval, QColor("#2a2f36"))
        if not self._empty:
            self._draw(painter, oval, self._middle(oval))
        painter.restore()
        painter.setPen(QPen(QColor("#d5cfc3"), RING))
        painter.drawEllipse(oval)
        if self._progress > 0:
            painter.setPen(QPen(self._ring, RING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(oval, 90 * 16, -round(FULL_CIRCLE * min(1.0, self._progress)))

    def _draw(self, painter: QPainter, place: QRectF, part: QRectF) -> None:
        painter.translate(self.width(), 0)
        painter.scale(-1, 1)  # as in a mirror: people move the right way
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image, part)

    def _middle(self, oval: QRectF) -> QRectF:
        """The part of the picture with the oval's proportions, from its middle."""
        width, height = float(self._image.width()), float(self._image.height())
        wanted = oval.width() / oval.height()
        if width / height > wanted:
            return QRectF((width - height * wanted) / 2, 0, height * wanted, height)
        return QRectF(0, (height - width / wanted) / 2, width, width / wanted)
