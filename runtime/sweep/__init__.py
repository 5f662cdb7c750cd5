"""Every combination of parameters over one history: one compilation, indicators shared, a row for each."""

from __future__ import annotations

from .sweep import sweep

__all__ = ["sweep"]
