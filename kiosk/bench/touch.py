"""From a touch to the painted button: on the face screen with its live picture, against a bare button in a window of its own."""

from __future__ import annotations

import asyncio
import math
import os
import threading
import time
from collections.abc import Mapping

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QEventLoop, QPoint, QPointF, QTimer, QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest

from kiosk.devices.camera.simulated import SimulatedCamera
from kiosk.flow.views import FaceView
from kiosk.screens.painted import CameraPreview
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass, application

GOAL_P99 = 1.5
SIZE = (1080, 1920)
BUTTON = "other"  # of the face screen: another way
LONGEST = 30.0  # seconds for one paint, on the busiest machine
BETWEEN = 30  # ms of ordinary life between two touches
BARE = b"""
import QtQuick
Rectangle {
    color: "white"
    Rectangle {
        objectName: "other"
        width: 960; height: 90; x: 60; y: 1640
        readonly property bool pressed: area.pressed
        color: pressed ? "#e1eef0" : "#ffffff"
        MouseArea { id: area; anchors.fill: parent }
    }
}
"""


class NotPainted(Exception):
    """A button was touched and no frame came that shows it."""


class TouchBench:
    """Both sides paint in software on nothing, in one process, while a camera films at 15 frames a second: what is compared is our
    screen, with its camera's picture, its words and its watch over touches. A finger goes down on the button and leaves it again."""

    name = "touch"
    labels = ("a button of the face screen, the picture alive", "a bare QML button")
    rounds = 300

    def __init__(self) -> None:
        application()
        self._camera = SimulatedCamera(name="face_camera", citizen="c01")
        self._over = threading.Event()
        self._filming = threading.Thread(target=lambda: asyncio.run(self._film()), name="bench-camera")
        self._finger = QTest.createTouchDevice()
        self._glass = Glass(width=SIZE[0], height=SIZE[1], settle=0)
        self._bare = QQuickView()
        self._times: dict[str, list[float]] = {"a": [], "b": []}

    def setup(self) -> None:
        self._filming.start()
        CameraPreview.buffer = self._camera.preview
        self._glass.show()
        self._glass.paint(picture(FaceView(state="asking", ask="ahead", can_back=True)))
        component = QQmlComponent(self._bare.engine())
        component.setData(BARE, QUrl())
        item = component.create()
        if not isinstance(item, QQuickItem):
            raise NotPainted(component.errorString())
        self._bare.setContent(QUrl(), component, item)
        self._bare.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self._bare.resize(*SIZE)
        self._bare.show()
        end = time.monotonic() + LONGEST
        while (self._camera.preview.count < 3 or not self._glass.root.property("settled")) and time.monotonic() < end:
            QTest.qWait(20)
        for _ in range(5):
            self._touched(self._glass)
            self._touched(self._bare)

    def a(self) -> float:
        self._times["a"].append(self._touched(self._glass))
        return self._times["a"][-1]

    def b(self) -> float:
        self._times["b"].append(self._touched(self._bare))
        return self._times["b"][-1]

    def teardown(self) -> None:
        self._over.set()
        CameraPreview.buffer = None
        if self._filming.ident is not None:
            self._filming.join()
        self._glass.shut()
        self._bare.close()

    def facts(self) -> Mapping[str, float | int | str]:
        p99 = {side: sorted(times)[math.ceil(0.99 * len(times)) - 1] for side, times in self._times.items()}
        return {"p99_ratio": round(p99["a"] / p99["b"], 3), "goal_p99_ratio": GOAL_P99, "camera_frames": self._camera.preview.count}

    def _touched(self, window: QQuickView) -> float:
        """Seconds from the finger on the glass until a frame that shows the button pressed."""
        button = _named(window.contentItem(), BUTTON)
        middle = button.mapToScene(QPointF(button.width() / 2, button.height() / 2)).toPoint()
        loop, shown = QEventLoop(), list[float]()

        def painted() -> None:
            if button.property("pressed"):
                shown.append(time.perf_counter())
                loop.quit()

        window.frameSwapped.connect(painted)
        QTimer.singleShot(round(1000 * LONGEST), loop, loop.quit)
        start = time.perf_counter()
        QTest.touchEvent(window, self._finger).press(0, middle, window).commit()
        if not shown:  # it may have been painted while the touch was still on its way
            loop.exec()
        window.frameSwapped.disconnect(painted)
        if not shown:
            raise NotPainted("a button was touched and nothing came of it")
        QTest.touchEvent(window, self._finger).move(0, QPoint(5, 5), window).commit()
        QTest.touchEvent(window, self._finger).release(0, QPoint(5, 5), window).commit()
        QTest.qWait(BETWEEN)
        return shown[0] - start

    async def _film(self) -> None:
        await self._camera.open()
        try:
            while not self._over.is_set():
                await self._camera.frame()
        finally:
            await self._camera.close()


def _named(item: QQuickItem, name: str) -> QQuickItem:
    waiting = [item]
    while waiting:
        one = waiting.pop()
        if one.objectName() == name and one.isVisible():
            return one
        waiting += one.childItems()
    raise NotPainted(f"there is no button {name!r}")


def bench() -> TouchBench:
    return TouchBench()
