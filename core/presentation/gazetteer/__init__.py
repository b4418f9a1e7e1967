"""What a point on earth is called, and where land is: offline, from one file that is read in small pieces.

`world.bin` is made by docs/make_places.py from GeoNames (CC BY 4.0) and Natural Earth (public domain).
"""

from core.presentation.gazetteer.names import Match, Names, names
from core.presentation.gazetteer.places import Place, Town, near, towns
from core.presentation.gazetteer.world import World, world

__all__ = ["Match", "Names", "Place", "Town", "World", "names", "near", "towns", "world"]
"""`world()` opens the file at first use; nothing is read before."""
