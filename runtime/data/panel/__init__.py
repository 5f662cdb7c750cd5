"""Several symbols: their bars, read one like the other, and one order of the instants at which they close."""

from __future__ import annotations

from .events import Events
from .load import load_panel
from .model import Known, Panel

__all__ = ["Events", "Known", "Panel", "load_panel"]
