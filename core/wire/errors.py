"""What can be wrong with something that came over the wire.

NodError
└── WireError
    ├── ArtifactRefused         a signed artifact is not what it must be
    │   ├── BadForm             bad_form: not a compact JWS, not JSON, wrong members
    │   ├── BadHeader           bad_header: algorithm, typ, or a key in the header
    │   ├── UnknownKey          unknown_key: kid not among the trusted keys
    │   ├── BadSignature        bad_signature
    │   └── BadClaim            bad_claim: issuer, audience, subject, time, hash
    └── MessageRefused          malformed: a JSON message of the wrong shape
"""

from core.domain.errors import NodError


class WireError(NodError):
    """Something that came over the wire is refused."""


class ArtifactRefused(WireError):
    """A signed artifact is not what it must be."""

    code = "artifact_refused"


class BadForm(ArtifactRefused):
    """Not a compact JWS with a JSON payload of the right members."""

    code = "bad_form"


class BadHeader(ArtifactRefused):
    """The algorithm or `typ` is not the one expected, or the header brings a key."""

    code = "bad_header"


class UnknownKey(ArtifactRefused):
    """The header's `kid` names no trusted key; a verifier may fetch the keys once more."""

    code = "unknown_key"


class BadSignature(ArtifactRefused):
    """The signature does not fit the bytes."""

    code = "bad_signature"


class BadClaim(ArtifactRefused):
    """A claim is wrong: issuer, audience, subject, time or a hash."""

    code = "bad_claim"


class MessageRefused(WireError):
    """A JSON message does not have its shape."""

    code = "malformed"
