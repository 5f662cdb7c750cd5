"""Time: zones, calendar fields, the bounds of higher bars, and the timeframe of a series of stamps."""

from __future__ import annotations

from .calendar import FIELDS, Calendar
from .infer import Inferred, infer

__all__ = ["FIELDS", "Calendar", "Inferred", "infer"]
