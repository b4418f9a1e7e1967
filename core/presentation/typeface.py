"""Which letters every window of ours is written in, whoever draws it.

The Latin ones come with the program (Inter, SIL Open Font License), so that figures look the same everywhere;
Japanese ones come from the system.
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FILES = tuple(FOLDER / f"inter-latin-{weight}-normal.woff" for weight in (400, 600))
LICENCE = FOLDER / "inter-license.txt"
REGULAR, SEMIBOLD = "Inter", "Inter SemiBold"
JAPANESE = ("Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "IPAPGothic", "VL PGothic", "TakaoPGothic")
"""Asked for by name, since the system's own choice may be a typewriter's."""
