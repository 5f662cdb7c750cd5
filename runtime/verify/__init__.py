"""The proof that a program has one meaning: the same bars run in every way the engines allow, compared to the bit."""

from __future__ import annotations

from .check import SEED, verify
from .verdict import Difference, Verdict

__all__ = ["SEED", "Difference", "Verdict", "verify"]
