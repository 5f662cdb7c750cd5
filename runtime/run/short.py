"""A run of whatever length, on the engine that is over first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import LimitError
from ..limits import Cancel, Limits
from .no_trades import SHORT

if TYPE_CHECKING:
    from ..compiled.program import CompiledProgram
    from ..results.result import Result


def run_short(
    program: CompiledProgram, data: object, limits: Limits | None, cancel: Cancel | None = None, **options: Any
) -> Result:  # fmt: skip
    """A backtest, interpreted where that is over before machine code would be there. options: more of a backtest's."""
    own = limits or program.limits or Limits()
    short = replace(own, bars=min(own.bars or SHORT, SHORT))
    try:
        return program.backtest(data, engine="interpreted", limits=short, cancel=cancel, **options)
    except LimitError as error:
        if error.limit != "bars" or own.bars == short.bars:
            raise
    return program.backtest(data, limits=own, cancel=cancel, **options)
