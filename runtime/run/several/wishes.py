"""What a program says of symbols, as those who choose among data's symbols ask for it."""

from __future__ import annotations

from ....lang.plan.model import Several
from .choose import Wishes


def wishes_of(several: Several) -> Wishes:
    """The symbols that a program trades, watches and reads."""
    on = several.main.symbols
    others = tuple(name for name in several.named if name not in (*on, *several.watches))
    return Wishes(on, several.universe, several.watches, others)
