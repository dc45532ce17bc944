"""A folder for what a simulated device keeps: made with it, and gone with it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path


def own_folder(owner: object, name: str) -> Path:
    """A new one in the temporary folder. It goes when nobody holds `owner` any more, and at the end of the process at the latest:

    papers with names on them, and links to what is no longer there, are left to nobody.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"kiosk-{name}-"))
    weakref.finalize(owner, shutil.rmtree, folder, ignore_errors=True)
    return folder
