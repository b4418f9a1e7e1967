"""Why a request is refused, as the one exception type that handlers raise and the app turns into an answer.

NodError
└── ServerError
    └── Refused          status, code and sentence; OAuth JSON or problem JSON by the endpoint's kind
        ├── BadClient    401 invalid_client (RFC 6749 5.2)
        └── BadBearer    401 invalid_token, 403 insufficient_scope (RFC 6750 3.1), 401 invalid_dpop_proof

A store that does not answer is `core.database.errors.DatabaseError`; the app says 503.
"""

from collections.abc import Mapping

import msgspec

from core.domain.errors import NodError
from core.wire.problem import OAuthError, Problem


class ServerError(NodError):
    """The root of what this server raises on purpose."""


class Refused(ServerError):
    """A request is refused and nothing has changed.

    Args:
        status: HTTP status.
        reason: The stable code: OAuth's `error` or the problem's `code`.
        detail: What happened and what to do next: printable ASCII without quotes and backslashes.
        headers: More headers of the answer, `Retry-After` for instance.
        state: The state that stands, for a 409 on a request.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        state: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.reason, self.state = status, reason, state
        self.headers = dict(headers or {})

    def oauth_body(self) -> bytes:
        """The body on an OAuth endpoint (RFC 6749 5.2)."""
        return msgspec.json.encode(OAuthError(self.reason, self.description, self.state))

    def problem_body(self) -> bytes:
        """The body elsewhere (RFC 9457)."""
        return msgspec.json.encode(Problem(self.status, self.reason, self.description, state=self.state))


class BadClient(Refused):
    """Client authentication failed; which part of it is nobody's business but the log's."""

    def __init__(self, *, by_basic: bool = False) -> None:
        headers = {"WWW-Authenticate": 'Basic realm="nod", charset="UTF-8"'} if by_basic else {}
        super().__init__(401, "invalid_client", "Client authentication failed.", headers=headers)


class BadBearer(Refused):
    """The access token does not open this door."""

    def __init__(self, *, lacks_scope: str = "", is_unproven: bool = False, is_missing: bool = False) -> None:
        status, code = (403, "insufficient_scope") if lacks_scope else (401, "invalid_token")
        challenge = f'Bearer realm="nod", error="{code}"'
        if is_unproven:
            code = "invalid_dpop_proof"
            challenge = f'DPoP realm="nod", error="{code}", algs="ES256 PS256 EdDSA"'
        if is_missing:  # RFC 6750 3.1: who did not know that a token is needed made no error
            challenge = 'Bearer realm="nod"'
        if lacks_scope:
            challenge += f', scope="{lacks_scope}"'
        super().__init__(
            status,
            code,
            "The access token is missing, over, or for something else.",
            headers={"WWW-Authenticate": challenge},
        )


def invalid_request(detail: str) -> Refused:
    """400 `invalid_request` (RFC 6749 5.2)."""
    return Refused(400, "invalid_request", detail)


def bad_metadata(detail: str) -> Refused:
    """400 `invalid_client_metadata` (RFC 7591 section 3.2.2)."""
    return Refused(400, "invalid_client_metadata", detail)


def too_many(detail: str, retry_after_s: float, reason: str = "too_many_requests") -> Refused:
    """429 with `Retry-After`, in whole seconds and at least one."""
    return Refused(429, reason, detail, headers={"Retry-After": str(max(1, int(retry_after_s + 0.999)))})
