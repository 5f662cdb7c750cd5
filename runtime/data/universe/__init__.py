"""Universes: files that name symbols, and from when to when each belongs to them."""

from __future__ import annotations

from .model import Spell, Universe
from .read import read_universe

__all__ = ["Spell", "Universe", "read_universe"]
