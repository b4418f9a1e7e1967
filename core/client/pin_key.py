"""The second terminal key, which only the PIN opens: scrypt stretches the PIN, AES-GCM seals the key.

A wrong PIN is a value. The file is as strong as the PIN: whoever copies it can guess offline, at the
price of one scrypt each, so a long PIN is worth having; docs/threats.md says so too.
"""

import os
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.client.errors import KeyUnreadable
from core.client.private_file import read_private, write_private
from core.wire.errors import WireError
from core.wire.keys import SigningKey

COST = 2**16
"""Scrypt's N with r=8, p=1: 64 MB and about 0.2 s for each guess."""
MAX_COST = 2**20
MIN_DIGITS = 4
MAX_LENGTH = 64


class SealedKey(msgspec.Struct, frozen=True):
    """The file `keys/<name>.pin.json`."""

    kid: str
    """Thumbprint of the key; bound into the seal."""
    cost: int
    """Scrypt's N."""
    salt: bytes
    """16 random bytes."""
    nonce: bytes
    """12 random bytes."""
    sealed: bytes
    """The private JWK under AES-256-GCM."""


def is_fit_pin(pin: str) -> bool:
    """Whether a new PIN is long enough: 4 to 64 characters, none of them a space or control."""
    return MIN_DIGITS <= len(pin) <= MAX_LENGTH and pin.isprintable() and " " not in pin


def seal(key: SigningKey, pin: str, cost: int = COST) -> SealedKey:
    """Seals a key under a PIN; takes the time of one scrypt."""
    salt, nonce = os.urandom(16), os.urandom(12)
    plain = msgspec.json.encode(key.private_jwk())
    sealed = AESGCM(_stretch(pin, salt, cost)).encrypt(nonce, plain, key.kid.encode())
    return SealedKey(key.kid, cost, salt, nonce, sealed)


def unseal(box: SealedKey, pin: str) -> SigningKey | None:
    """The key, or None when the PIN is wrong.

    Raises:
        KeyUnreadable: if the file makes no sense.
    """
    if not (2 <= box.cost <= MAX_COST and box.cost & (box.cost - 1) == 0 and len(box.nonce) == 12):
        raise KeyUnreadable("The PIN key is damaged. Set the PIN again.")
    try:
        plain = AESGCM(_stretch(pin, box.salt, box.cost)).decrypt(box.nonce, box.sealed, box.kid.encode())
    except InvalidTag:
        return None
    try:
        return SigningKey.from_jwk(msgspec.json.decode(plain))
    except (msgspec.MsgspecError, WireError, TypeError) as error:
        raise KeyUnreadable("The PIN key is damaged. Set the PIN again.") from error


def _stretch(pin: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(pin.encode())


class PinKeyFile:
    """Where a terminal's PIN key is kept."""

    def __init__(self, folder: Path, name: str, cost: int = COST) -> None:
        self._path = folder / "keys" / f"{name}.pin.json"
        self._cost = cost

    def load(self) -> SealedKey | None:
        """The sealed key, None where no PIN is set.

        Raises:
            KeyUnreadable: if the file is there and damaged.
        """
        content = read_private(self._path)
        if content is None:
            return None
        try:
            return msgspec.json.decode(content, type=SealedKey)
        except msgspec.MsgspecError as error:
            raise KeyUnreadable("The PIN key is damaged. Set the PIN again.") from error

    def seal(self, pin: str) -> tuple[SigningKey, SealedKey]:
        """A new key and its sealed form, not kept yet."""
        key = SigningKey.generate()
        return key, seal(key, pin, self._cost)

    def keep(self, box: SealedKey) -> None:
        """Keeps a sealed key; the old one is gone.

        Raises:
            KeyUnreadable: if the folder cannot be written.
        """
        write_private(self._path, msgspec.json.encode(box))

    def open_or_make(self, pin: str) -> SigningKey:
        """The key under this PIN, made and kept if there is none: enrolling again names the same key.

        Raises:
            KeyUnreadable: if the folder cannot be read or written.
        """
        found = self.open(pin)
        if found is not None:
            return found
        key, box = self.seal(pin)
        self.keep(box)
        return key

    def open(self, pin: str) -> SigningKey | None:
        """The key, or None when the PIN is wrong or none is set.

        Raises:
            KeyUnreadable: if the file is there and damaged.
        """
        box = self.load()
        return unseal(box, pin) if box else None

    def remove(self) -> None:
        """Forgets the PIN key."""
        self._path.unlink(missing_ok=True)
