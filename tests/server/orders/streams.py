"""A listener to a stream of server-sent events, in a thread of its own."""

import threading
from typing import Any

import httpx
import httpx_sse
import msgspec

from tests.waiting import wait_until


class Listener:
    """Keeps every event of one stream until the stream ends."""

    def __init__(self, url: str, token: str, **headers: str) -> None:
        self.events: list[tuple[str, Any]] = []
        self.has_ended = False
        self.status = 0
        self._client = httpx.Client(trust_env=False, verify=False, timeout=30)
        self._url, self._headers = url, {"authorization": f"Bearer {token}"} | headers
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        try:
            with httpx_sse.connect_sse(self._client, "GET", self._url, headers=self._headers) as source:
                self.status = source.response.status_code
                for event in source.iter_sse():
                    if event.data:  # a heartbeat has none, and the library tells of it once there was an id
                        self.events.append((event.event, msgspec.json.decode(event.data)))
        except (httpx.HTTPError, httpx_sse.SSEError):
            pass
        finally:
            self._client.close()
            self.has_ended = True

    def wait(self, event: str, **members: Any) -> Any:
        """The first event of that name whose members have these values."""

        def look() -> tuple[Any] | None:
            for name, data in self.events:
                if name == event and all(data.get(key) == value for key, value in members.items()):
                    return (data,)
            return None

        return wait_until(look, what=f"an event {event} {members}")[0]

    def join(self) -> None:
        """Waits for the stream's end; the server ends it."""
        self._thread.join(10)
        assert not self._thread.is_alive()
