"""What a program says of symbols, as those who choose among data's symbols ask for it."""

from __future__ import annotations

from ...compiled.compiled import Compiled
from .choose import Wishes


def wishes_of(program: Compiled) -> Wishes:
    """The symbols that a program trades, watches and reads."""
    several = program.several
    on = several.main.symbols
    others = tuple(name for name in several.named if name not in (*on, *several.watches))
    return Wishes(on, several.universe, several.watches, others)
