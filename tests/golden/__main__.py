"""Draws the golden pictures: `QT_QPA_PLATFORM=offscreen python -m tests.golden [FOLDER]`."""

import sys
from pathlib import Path

from gui.app import make_application
from tests.golden.comparing import PICTURES
from tests.golden.drawing import plain, sheet
from tests.golden.hostile import HOSTILE

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    app = make_application(["nod"])
    plain(app)
    for kind in HOSTILE:
        sheet(app, kind).save(str(folder / f"{kind}.png"), quality=0)
