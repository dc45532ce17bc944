"""The smallest PySide6 Quick window there is: what `kiosk bench start` compares the kiosk's start with.

Run as a file, not as a module, so that nothing of the kiosk is imported. Prints one line at the first painted frame.
"""

import json
import resource
import sys

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow

WINDOW = b"""
import QtQuick
Window {
    visibility: Window.FullScreen
    Rectangle { anchors.fill: parent; color: "white"; Text { anchors.centerIn: parent; text: "e\xe6\x94\xbf\xe5\x8a\xa1" } }
}
"""


def show(app: QGuiApplication) -> int:
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(WINDOW, QUrl())
    window = component.create()
    if not isinstance(window, QQuickWindow):
        print(component.errorString(), file=sys.stderr)
        return 1
    window.frameSwapped.connect(painted)
    return app.exec()


def painted() -> None:
    print(json.dumps({"rss_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}), flush=True)
    QCoreApplication.exit()


if __name__ == "__main__":
    sys.exit(show(QGuiApplication(sys.argv)))
