"""Items that QML cannot paint alone: the camera's picture and a QR code. `import kiosk.screens.painted` in QML."""

from kiosk.screens.painted.camera_preview import CameraPreview
from kiosk.screens.painted.qr_code import QrCode

__all__ = ["CameraPreview", "QrCode"]
