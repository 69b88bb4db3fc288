"""Counts and times of requests, in Prometheus' text form.

Counted in plain dictionaries of this process, so that a request pays one lock; the client library writes them out, and is
imported only when asked.  Labels are route templates, never paths: the number of series stays small, and nobody's reading
can be read from it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends in seconds."""


@dataclass(slots=True)
class _Series:
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0


class Requests:
    """Every request by method, route template and status."""

    def __init__(self) -> None:
        self._series: dict[tuple[str, str, str], _Series] = {}
        self._lock = Lock()

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that took `seconds`."""
        key = (method, route, str(status))
        with self._lock:
            series = self._series.get(key)
            if series is None:
                series = self._series[key] = _Series()
            series.buckets[bisect_left(BUCKETS, seconds)] += 1
            series.seconds += seconds

    def collect(self) -> Iterator["Metric"]:
        """As `prometheus_client.registry.Collector` asks."""
        from prometheus_client.core import HistogramMetricFamily  # noqa: PLC0415  imported only when asked for metrics

        family = HistogramMetricFamily("patentry_requests_seconds", "Requests answered", labels=("method", "route", "status"))
        with self._lock:
            for key, series in self._series.items():
                family.add_metric(key, list(_cumulative(series.buckets)), series.seconds)
        yield family


def _cumulative(buckets: Iterable[int]) -> Iterator[tuple[str, int]]:
    below = 0
    for end, count in zip((*map(str, BUCKETS), "+Inf"), buckets, strict=True):
        below += count
        yield end, below


def text(*collectors: Any) -> bytes:
    """The Prometheus text of the collectors and of this process."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415
    from prometheus_client.process_collector import ProcessCollector  # noqa: PLC0415

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    for collector in collectors:
        registry.register(collector)
    return generate_latest(registry)
