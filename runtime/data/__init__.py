"""Data: from files, tables and arrays to checked bars."""

from __future__ import annotations

from .bars import Bars
from .errors import DataError
from .load import load_bars
from .policy import POLICIES
from .samples import sample_names
from .stamps import read_instant

__all__ = ["POLICIES", "Bars", "DataError", "load_bars", "read_instant", "sample_names"]
