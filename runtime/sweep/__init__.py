"""Every combination of parameters over one history: one compilation, indicators shared, a row for each."""

from __future__ import annotations

from .sweep import sweep
from .table import best_first

__all__ = ["best_first", "sweep"]
