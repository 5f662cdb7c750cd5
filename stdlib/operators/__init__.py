"""Every operator: importing this package fills `stratagem.stdlib.operator.REGISTRY`."""

from __future__ import annotations

from . import averages, events, extremes, history, ranks, regression, statistics, sums, trend, volume

__all__ = [
    "averages", "events", "extremes", "history", "ranks", "regression", "statistics", "sums", "trend", "volume",
]  # fmt: skip
