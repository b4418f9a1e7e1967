"""Chromium without a screen, driven through ChromeDriver's WebDriver protocol, in a throw-away profile."""

import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.waiting import wait_until

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def is_there() -> bool:
    """Whether this machine has browser and driver."""
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


class Browser:
    """One window.

    Args:
        folder: Where the profile goes.
        language: What the browser asks for, as in `Accept-Language`.
    """

    def __init__(self, folder: Path, language: str = "en") -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        silent = subprocess.DEVNULL
        command = ["chromedriver", f"--port={port}"]
        self._process = subprocess.Popen(command, stdout=silent, stderr=silent)
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)
        self._folder, self._language = folder, language
        self._session = ""

    def __enter__(self) -> Self:
        wait_until(self._is_ready, what="ChromeDriver")
        flags = [*FLAGS, f"--user-data-dir={self._folder}", f"--accept-lang={self._language}"]
        options: dict[str, Any] = {"binary": shutil.which("chromium"), "args": flags}
        options["prefs"] = {"intl.accept_languages": self._language}
        wanted: dict[str, Any] = {"browserName": "chrome", "goog:chromeOptions": options}
        wanted["goog:loggingPrefs"] = {"browser": "ALL"}
        found = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{found['sessionId']}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            self._http.delete(self._session)
        self._http.close()
        self._process.terminate()
        self._process.wait(10)

    def open(self, address: str) -> None:
        """Goes to an address, following redirects as a browser does."""
        self._call("POST", f"{self._session}/url", {"url": address})

    @property
    def address(self) -> str:
        """Where it is now."""
        return str(self._call("GET", f"{self._session}/url"))

    def text(self, css: str) -> str:
        """What a person reads in the first such element."""
        return str(self._call("GET", f"{self._session}/element/{self._find(css)}/text"))

    def type(self, css: str, text: str) -> None:
        """Types into the first such element."""
        self._call("POST", f"{self._session}/element/{self._find(css)}/value", {"text": text})

    def press(self, css: str) -> None:
        """Clicks the first such element."""
        self._call("POST", f"{self._session}/element/{self._find(css)}/click", {})

    def complaints(self) -> list[str]:
        """What the browser wrote into its console, warnings of its policies among it."""
        entries = self._call("POST", f"{self._session}/se/log", {"type": "browser"})
        return [str(entry["message"]) for entry in entries]

    def _find(self, css: str) -> str:
        query = {"using": "css selector", "value": css}
        return str(self._call("POST", f"{self._session}/element", query)[_ELEMENT])

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._http.request(method, path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"]

    def _is_ready(self) -> bool:
        try:
            return bool(self._http.get("/status").json()["value"]["ready"])
        except httpx.HTTPError:
            return False
