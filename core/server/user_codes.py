"""The user's own code (CIBA Core 1.0 section 7.1): who does not bring it does not reach this person's screen.

It guards against prompts from strangers, it does not authenticate anybody; so a salted hash is enough, and
five wrong ones in a row lock that client out for ten minutes.
"""

import hashlib
import hmac

from core.database.writer import Unit
from core.server.errors import Refused
from core.server.store import locks
from core.wire.canonical import b64u

SHORTEST, LONGEST = 4, 64
"""Characters of a code."""
Refusal = tuple[int, str, str, float]
_MISSING: Refusal = (400, "missing_user_code", "The person wants to be asked with their user_code.", 0)
_WRONG: Refusal = (400, "invalid_user_code", "The user_code is wrong.", 0)


def kept(user_id: str, code: str | None) -> str | None:
    """A code as it is kept, or None for none.

    Raises:
        Refused: 400 `bad_user_code`: it is too short, too long, or cannot be typed everywhere.
    """
    if code is None:
        return None
    if not (SHORTEST <= len(code) <= LONGEST and code.isascii() and code.isprintable()):
        raise Refused(
            400, "bad_user_code", f"A user code is {SHORTEST} to {LONGEST} printable ASCII characters."
        )
    return b64u(hashlib.sha256(f"{user_id}\x00{code}".encode()).digest())


def refuse(
    unit: Unit, client_id: str, user_id: str, expected_sha256: str, code: str | None
) -> Refusal | None:
    """Judges the code of a request inside its guard: status, error, sentence and seconds to wait, or None."""
    if code is None:
        return _MISSING
    key = f"user_code {client_id} {user_id}"
    wait = locks.locked_for_s(unit, key)
    if wait:
        return (403, "access_denied", "Too many wrong codes. Wait before asking again.", wait)
    given = hashlib.sha256(f"{user_id}\x00{code}".encode("utf-8", "surrogatepass")).digest()
    if not hmac.compare_digest(b64u(given), expected_sha256):
        locks.count_wrong(unit, key)
        return _WRONG
    locks.forgive(unit, key)
    return None
