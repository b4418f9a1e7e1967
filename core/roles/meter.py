"""A server's figures in Prometheus's form; with several workers, their figures together."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Meter:
    """The figures of one server in one process.

    Args:
        role: `server` or `payment`, the label `role` of each figure.
    """

    def __init__(self, role: str) -> None:
        self._role = role
        self._registry = CollectorRegistry()
        its = self._registry
        self._requests = Counter(
            "nod_http_requests", "Requests answered.", ["role", "method", "route", "status"], registry=its
        )
        self._seconds = Histogram(
            "nod_http_request_seconds",
            "Seconds from a request to the head of its answer.",
            ["role", "route"],
            buckets=_BUCKETS,
            registry=its,
        )
        opened = Gauge(
            "nod_http_open", "Requests and streams open.", ["role"], registry=its, multiprocess_mode="livesum"
        )
        self.open = opened.labels(role)
        """Counts what is open."""
        waiting = Gauge(
            "nod_writer_waiting",
            "Changes that waited for the writer at the last answer.",
            ["role"],
            registry=its,
            multiprocess_mode="livesum",
        )
        self._waiting = waiting.labels(role)
        self._backlog = Gauge(
            "nod_backlog",
            "Work that lies in the rows: pending requests, open payments, notices.",
            ["role", "kind"],
            registry=its,
            multiprocess_mode="mostrecent",
        )

    def note(self, method: str, route: str, status: int, took_s: float, waiting: int) -> None:
        """Counts one answer."""
        self._requests.labels(self._role, method, route, status).inc()
        self._seconds.labels(self._role, route).observe(took_s)
        self._waiting.set(waiting)

    def page(self, backlog: dict[str, int]) -> tuple[str, bytes]:
        """Media type and text of all figures now."""
        for kind, count in backlog.items():
            self._backlog.labels(self._role, kind).set(count)
        registry = self._registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return CONTENT_TYPE_PLAIN_0_0_4, generate_latest(registry)


def forget(pid: int) -> None:
    """Takes a dead worker's open requests out of the sum."""
    if FOLDER in os.environ:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]
