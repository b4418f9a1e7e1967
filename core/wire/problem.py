"""Errors as RFC 9457 problem JSON: a stable code for clients, an English detail for people."""

import msgspec

MEDIA_TYPE = "application/problem+json"


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of every error outside of the OAuth endpoints."""

    status: int
    """HTTP status."""
    code: str
    """What clients decide by: `user_id_taken`, `unknown_item` …"""
    detail: str
    """What happened and what to do next, in English."""
    type: str = "about:blank"
    title: str = ""
    state: str | None = None
    """The state that stands, for a 409 on a request."""
    reason: str | None = None
    """Why it ended so, where the approver may know."""
    revision: int | None = None
    """With `state`."""


class OAuthError(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of every error on an OAuth endpoint (RFC 6749 5.2)."""

    error: str
    """The standard's code."""
    error_description: str = ""
    """English, printable ASCII without quotes and backslashes."""
    state: str | None = None
    """The state that stands, for a 409 of `/revoke`."""
