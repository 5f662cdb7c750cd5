"""Tests in the text of a program: its bars run, what is expected over them looked at, and what was there instead."""

from __future__ import annotations

from .model import Expected, Outcome, Shown, Tested
from .run import ENGINES, tested

__all__ = ["ENGINES", "Expected", "Outcome", "Shown", "Tested", "tested"]
