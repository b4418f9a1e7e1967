"""How a server runs."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Running:
    """How a server runs, beside where it listens and what it serves."""

    workers: int = 1
    """Processes that serve together."""
    grace_s: int = 10
    """Seconds that open requests may take to finish when the server is asked to end."""
    log_json: bool = False
    """Whether lines of the log are JSON."""
    log_level: str = "warning"
    """The least level that is logged."""
    metrics: bool = False
    """Whether `/metrics` is answered, to this machine alone."""


AS_USUAL = Running()
