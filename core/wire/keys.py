"""ES256 keys: made, named by thumbprint, shown as JWK, looked up by `kid`."""

from collections.abc import Mapping, Sequence
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from core.wire.errors import BadForm, UnknownKey


class SigningKey:
    """A private P-256 key; its `kid` is its RFC 7638 thumbprint."""

    def __init__(self, key: ECKey) -> None:
        self._key = key
        self.kid = key.thumbprint()

    @classmethod
    def generate(cls) -> "SigningKey":
        """Makes a new key."""
        return cls(ECKey.generate_key("P-256", private=True))

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any]) -> "SigningKey":
        """Reads a private JWK.

        Raises:
            BadForm: if it is no private P-256 key.
        """
        key = _import(jwk)
        if not key.is_private:
            raise BadForm("The key has no private part.")
        return cls(key)

    def private_jwk(self) -> dict[str, Any]:
        """The whole key: a secret, for a key file or a key table only."""
        return dict(self._key.as_dict(private=True)) | {"kid": self.kid}

    def public_jwk(self) -> dict[str, Any]:
        """What others may see (RFC 7517)."""
        return dict(self._key.as_dict(private=False)) | {"kid": self.kid, "use": "sig", "alg": "ES256"}

    @property
    def joserfc(self) -> ECKey:
        """The key for the JOSE library."""
        return self._key

    def __repr__(self) -> str:
        return f"SigningKey({self.kid[:8]})"


class PublicKeys:
    """Trusted public keys of one party, by `kid`."""

    def __init__(self, jwks: Sequence[Mapping[str, Any]]) -> None:
        keys = [_import(jwk) for jwk in jwks]
        self._keys = {key.thumbprint(): key for key in keys}
        self._names = {str(jwk.get("kid", "")): key for jwk, key in zip(jwks, keys, strict=True)}

    @classmethod
    def from_jwk_set(cls, jwk_set: Any) -> "PublicKeys":
        """Reads `{"keys": [...]}`; keys of other kinds are passed over (RFC 7517 5).

        Raises:
            BadForm: if it is no JWK set.
        """
        if not isinstance(jwk_set, dict) or not isinstance(jwk_set.get("keys"), list):
            raise BadForm("This is no JWK set.")
        jwks = [jwk for jwk in jwk_set["keys"] if isinstance(jwk, dict)]
        return cls([jwk for jwk in jwks if jwk.get("kty") == "EC" and jwk.get("crv") == "P-256"])

    def find(self, kid: object) -> ECKey:
        """The key called `kid`.

        Raises:
            UnknownKey: if none is.
        """
        key = self._keys.get(str(kid)) or self._names.get(str(kid))
        if key is None:
            raise UnknownKey("The signature names a key that is not trusted here.")
        return key

    def __contains__(self, kid: object) -> bool:
        return str(kid) in self._keys or str(kid) in self._names


def check_public_jwk(jwk: Mapping[str, Any]) -> dict[str, Any]:
    """The bare public members of a P-256 JWK that came from outside.

    Raises:
        BadForm: if it is no P-256 key, or brings a private part.
    """
    if "d" in jwk:
        raise BadForm("The key has a private part; send the public one.")
    return dict(_import(jwk).as_dict(private=False))


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """RFC 7638 thumbprint of a P-256 JWK.

    Raises:
        BadForm: if it is no P-256 key.
    """
    return _import(jwk).thumbprint()


def _import(jwk: Mapping[str, Any]) -> ECKey:
    members = {name: jwk[name] for name in ("kty", "crv", "x", "y", "d") if name in jwk}
    if members.get("kty") != "EC" or members.get("crv") != "P-256":
        raise BadForm("The key is not an EC key on P-256.")
    if not all(isinstance(value, str) for value in members.values()):
        raise BadForm("The key has members that are not text.")
    try:
        return ECKey.import_key(members)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise BadForm("The key cannot be read.") from error
