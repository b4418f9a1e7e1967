"""A server's answer: read into its shape, or told as a refusal, which is a value and no exception."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from core.client.errors import BadAnswer
from core.domain.decision import Reason
from core.domain.request import State
from core.wire.errors import MessageRefused
from core.wire.messages import decode

T = TypeVar("T")


class Refusal(msgspec.Struct, frozen=True):
    """A server said no (RFC 9457 or RFC 6749 section 5.2); clients decide and speak by `code`."""

    status: int
    """HTTP status."""
    code: str
    """`user_id_taken`, `unknown_user_id`, `authorization_pending` …; `http_500` where none came."""
    detail: str = ""
    """The server's English sentence: for a log, not for a person."""
    retry_after_s: float | None = None
    """Seconds after which to ask again, where the server says so."""
    state: State | None = None
    """The state that stands, with a 409."""
    reason: Reason | None = None
    """Why it stands."""
    revision: int | None = None
    """With `state`."""

    held_s: float = 0.0
    """Seconds for which the server held the answer back, as it was asked to."""

    @property
    def is_passing(self) -> bool:
        """Whether the server could not answer now, and nothing is known (5xx)."""
        return self.status >= 500


class _ErrorBody(msgspec.Struct):
    code: str = ""
    error: str = ""
    detail: str = ""
    error_description: str = ""
    state: State | None = None
    reason: Reason | None = None
    revision: int | None = None


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by small name, whole body."""

    status: int
    """HTTP status."""
    body: bytes = b""
    """The whole body."""
    headers: dict[str, str] = field(default_factory=dict)
    """By name in small letters."""
    took_s: float = 0.0
    """Seconds between sending and the whole answer."""

    def read(self, shape: type[T]) -> T | Refusal:
        """The answer in its shape, or the refusal.

        Raises:
            BadAnswer: if a 2xx answer does not have that shape.
        """
        if not 200 <= self.status < 300:
            return self.refusal()
        try:
            return decode(self.body, shape)
        except MessageRefused as error:
            raise BadAnswer("The server's answer cannot be read; is it another version?") from error

    def done(self) -> Refusal | None:
        """None when it worked, else the refusal."""
        return None if 200 <= self.status < 300 else self.refusal()

    def json(self) -> dict[str, Any] | Refusal:
        """The answer as a JSON object, or the refusal.

        Raises:
            BadAnswer: if a 2xx answer is no JSON object.
        """
        return self.read(dict[str, Any])

    def refusal(self) -> Refusal:
        """The error body as a value; an unreadable one gets the code `http_<status>`."""
        try:
            said = decode(self.body, _ErrorBody)
        except MessageRefused:
            said = _ErrorBody()
        return Refusal(
            self.status,
            said.code or said.error or f"http_{self.status}",
            said.detail or said.error_description,
            self._retry_after_s(),
            said.state,
            said.reason,
            said.revision,
            self.took_s if "preference-applied" in self.headers else 0.0,
        )

    def _retry_after_s(self) -> float | None:
        text = self.headers.get("retry-after", "")
        return float(text) if text.isdecimal() and len(text) < 8 else None
