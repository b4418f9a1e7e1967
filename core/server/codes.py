"""One-time enrolment codes: how one is made, shown, typed and kept.

A code has twelve letters. The first four name it, the other eight prove it: 40 bits, of which `store.codes`
lets five guesses be made, from wherever they come. So no address needs to be locked out to stop guessing.
"""

import secrets

from core.server.access_tokens import hashed
from core.server.store.codes import Typed

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing that looks like another; each is five bits."""
_NAME_LENGTH = 4


def new_code() -> str:
    """A code as it is shown: XXXX-XXXX-XXXX."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def plain(code: str) -> str:
    """A typed code without what people add: spaces, hyphens, small letters."""
    return "".join(char for char in code.upper() if char.isalnum())


def typed(code: str) -> Typed:
    """A code as it is kept and looked for."""
    letters = plain(code)
    return Typed(letters[:_NAME_LENGTH], hashed(letters))
