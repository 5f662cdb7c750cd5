"""What it takes to run a backtest again, to ask more of it than it left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .notes import OverBars

if TYPE_CHECKING:
    from ..compiled.compiled import Compiled
    from ..data.seal import Seal, Seals


@dataclass(frozen=True, slots=True)
class Again:
    """seal: on bars whose memory is the caller's."""

    program: Compiled
    prepared: OverBars
    engine: str
    seal: Seal | Seals | None
