"""A terminal as it comes in: its keys looked at, its proof of possession checked, its row made."""

import secrets
from typing import Any

import msgspec

from core.domain.text_gate import NAME_LENGTH, pass_gate
from core.server.errors import Refused
from core.server.services import Services
from core.wire import enrolment
from core.wire.canonical import digest, sha256
from core.wire.keys import PublicKeys, check_public_jwk, thumbprint
from core.wire.messages import TerminalKeys


def terminal_row(services: Services, terminal: TerminalKeys, proof: str, body: bytes) -> dict[str, Any]:
    """The row of a new terminal, without its user.

    Args:
        services: the server's.
        terminal: its name and keys.
        proof: `nod-enrolment+jws` by its login key.
        body: the whole message as it came; the proof covers its other members.

    Raises:
        TextRefused: the name cannot be shown.
        BadForm: a key is no public P-256 key.
        ArtifactRefused: the proof does not fit key, server, content or time.
        Refused: 400 `same_key`: the PIN key is the login key.
    """
    name = pass_gate(terminal.name, NAME_LENGTH)
    jwk = check_public_jwk(terminal.jwk)
    pin_jwk = pin_key(terminal.pin_jwk, thumbprint(jwk))
    members: dict[str, Any] = msgspec.json.decode(body)
    content = {member: value for member, value in members.items() if member != "proof"}
    enrolment.verify(
        proof,
        PublicKeys([jwk]),
        issuer=services.issuer,
        body_sha256=digest(content),
        now=services.now(),
    )
    return {
        "terminal_id": "term_" + secrets.token_urlsafe(18),
        "name": name,
        "thumbprint": thumbprint(jwk),
        "jwk": msgspec.json.encode(jwk).decode(),
        "pin_jwk": pin_jwk,
        "proof_sha256": sha256(proof),
    }


def pin_key(pin_jwk: dict[str, Any] | None, login_thumbprint: str) -> str | None:
    """The PIN key as it is kept.

    Raises:
        BadForm: it is no public P-256 key.
        Refused: 400 `same_key`: a click would then count as a PIN.
    """
    if pin_jwk is None:
        return None
    public = check_public_jwk(pin_jwk)
    if thumbprint(public) == login_thumbprint:
        raise Refused(400, "same_key", "The PIN needs a key of its own.")
    return msgspec.json.encode(public).decode()
