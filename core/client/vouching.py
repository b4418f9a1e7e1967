"""What the PIN guards is asked for with a word by its key, or with a one-time code where it is forgotten."""

import secrets
from typing import Any

import msgspec

from core.client.oauth import OAuthClient
from core.wire import pin_word
from core.wire.canonical import digest
from core.wire.keys import SigningKey
from core.wire.pin_word import PinWord

_CODE = frozenset("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
_CODE_LENGTH = 12


def word_for(message: Any, client: OAuthClient, user_id: str, pin_key: SigningKey) -> str:
    """The `pin_proof` of a message that has none yet.

    Args:
        message: what is to be sent.
        client: the terminal.
        user_id: whose it is.
        pin_key: opened by the PIN.
    """
    members = msgspec.to_builtins(message)
    now = int(client.transport.server_now())
    jti = secrets.token_urlsafe(16)
    word = PinWord(client.client_id, user_id, client.issuer, now, jti, digest(members))
    return pin_word.sign(word, pin_key)


def is_code(typed: str) -> bool:
    """Whether what was typed in place of a PIN can be a one-time code, XXXX-XXXX-XXXX."""
    letters = [char for char in typed.upper() if char not in " -"]
    return len(letters) == _CODE_LENGTH and _CODE.issuperset(letters)
