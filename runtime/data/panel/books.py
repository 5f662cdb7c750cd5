"""Books of several accounts side by side: bars that may be of different lengths, on a clock that is given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ....lang.program.timeframe import Timeframe
from .events import Events, events_of
from .model import Panel
from .names import called_alike

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Books(Panel):
    """A panel whose bars need not be of one timeframe, as `timeframe` is the shortest of them.

    instants: of its events, in order: every close, and those at which none of these bars closes.
    """

    instants: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        assert self.bars and not called_alike(self.symbols)

    @property
    def timeframe(self) -> Timeframe:
        return min((each.timeframe for each in self.bars), key=lambda frame: frame.seconds)

    @cached_property
    def events(self) -> Events:
        import numpy as np

        own = events_of([each.closes for each in self.bars])
        if self.instants is None or len(self.instants) == len(own):
            return own
        every = np.repeat(own.instants, np.diff(own.offsets))
        return Events(self.instants, np.append(every.searchsorted(self.instants), len(every)), own.symbol, own.row)
