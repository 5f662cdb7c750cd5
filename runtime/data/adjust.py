"""Prices adjusted for declared splits and dividends, and the factors that undo it.

Prices before a date are divided by the ratios of the splits from then on, and volumes multiplied; before a dividend
`a` prices are lowered by the share `a / close` of the close before it, the usual proportional method (for example
https://help.yahoo.com/kb/SLN28256.html): so returns are those of a holder who buys more with what is paid. Only what
happened by the last bar counts: later splits and dividends were not known then.

Two own columns are kept: `split_ratio` and `dividend_factor`. The price as it was traded is
`price * split_ratio / dividend_factor`, the volume `volume / split_ratio`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from ..calendar import Calendar
from ..calendar.civil import DAY
from ..calendar.instants import shown
from .actions import Action
from .bars import Bars
from .errors import DataError
from .quality import LARGEST, PRICES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SPLIT_RATIO, DIVIDEND_FACTOR = "split_ratio", "dividend_factor"
_FEW = 5
_SEEN = 1.25
"""Ratios from this on (or below its inverse) show in the prices, whatever the market does."""


def adjust(bars: Bars, actions: Sequence[Action], zone: str = "UTC") -> Bars:
    """The bars with their prices before each action adjusted; a date begins at midnight in `zone` for intraday bars.

    DataError where the bars are longer than a day, where a dividend is not less than the close before it, or where
    the bars have a column of the name of a factor already.
    """
    import numpy as np

    _fit(bars)
    inside = _inside(bars, actions, zone)
    ratios, factors = np.ones(len(bars) + 1), np.ones(len(bars) + 1)
    shares, place = 1.0, 0
    for first, action in inside:
        shares = shares * action.ratio if first == place else action.ratio
        place = first
        ratios[first - 1] *= action.ratio
        factors[first - 1] *= _left_by(bars, first, action, shares)
    ratio, factor = _from_here_on(ratios), _from_here_on(factors)
    with np.errstate(over="ignore"):
        columns: dict[str, Any] = {name: getattr(bars, name) / ratio * factor for name in PRICES}
        columns["volume"] = bars.volume * ratio
    _in_range(bars, columns)
    extra = {**bars.extra, SPLIT_RATIO: ratio, DIVIDEND_FACTOR: factor}
    return replace(bars, **columns, extra=extra, notes=(*bars.notes, *_notes(bars, actions, inside)))


def _fit(bars: Bars) -> None:
    if bars.timeframe.seconds * 1_000_000 > DAY:
        raise DataError(f"bars of {bars.timeframe} may hold a split inside: adjust bars of a day or shorter, and make "
                        "longer ones of those (resample=True)")  # fmt: skip
    for name in (SPLIT_RATIO, DIVIDEND_FACTOR):
        if name in bars.extra:
            raise DataError(f"the data have a column {name!r} already, which adjusting would add: are they adjusted? "
                            "Rename it, or leave it out")  # fmt: skip


def _inside(bars: Bars, actions: Sequence[Action], zone: str) -> list[tuple[int, Action]]:
    """The actions that have a bar before and one on or after their date, with the first bar that has them behind it."""
    calendar = Calendar(zone, daily=bars.daily)
    firsts = [int(bars.ts.searchsorted(calendar.day_begins(action.date // DAY))) for action in actions]
    return [(first, action) for first, action in zip(firsts, actions, strict=True) if 0 < first < len(bars)]


def _left_by(bars: Bars, first: int, action: Action, shares: float) -> float:
    """The part of the price that a dividend leaves: 1 - amount / close before, both for a share of that date.

    shares: how many there are then for one at that close.
    """
    if not action.amount:
        return 1.0
    before = bars.close[:first]
    known = before[before == before]
    close = float(known[-1]) / shares if len(known) else float("nan")
    if not (close > 0.0 and action.amount < close):
        raise DataError(f"the dividend of {action.amount:.10g} on {shown(action.date)[:10]} (row {action.row}) is not "
                        f"less than the close before it, {close:.10g}: is it in the money of the prices?")  # fmt: skip
    return 1.0 - action.amount / close


def _from_here_on(steps: Floats) -> Floats:
    """The product of what happens after each bar."""
    import numpy as np

    return np.asarray(np.cumprod(steps[::-1])[::-1][:-1].copy(), dtype=np.float64)


def _in_range(bars: Bars, columns: Mapping[str, Floats]) -> None:
    """DataError where ratios make numbers of the prices that there cannot be."""
    for name, values in columns.items():
        was = getattr(bars, name)
        wrong = (was == was) & ~((abs(values) <= LARGEST) & ((values != 0.0) | (was == 0.0)))
        for at in wrong.nonzero()[0][:1]:
            raise DataError(f"adjusted, the {name} of {shown(int(bars.ts[at]))} would be {values[at]:g}: the ratios of "
                            "the splits cannot be right")  # fmt: skip


# --- notes ---------------------------------------------------------------------------------------------


def _notes(bars: Bars, actions: Sequence[Action], inside: Sequence[tuple[int, Action]]) -> list[str]:
    splits = [action for _, action in inside if action.ratio != 1.0]
    dividends = [action for _, action in inside if action.amount]
    notes = []
    if splits:
        notes.append(f"prices before {_listed(splits)} divided, and volumes multiplied, as declared")
    if dividends:
        span = f"{shown(dividends[0].date)[:10]} to {shown(dividends[-1].date)[:10]}"
        notes.append(f"prices before {_counted(len(dividends), 'dividend')} ({span}) lowered by the share of the close "
                     "that each paid, as declared")  # fmt: skip
    if splits or dividends:
        notes.append(f'`column("{SPLIT_RATIO}")` and `column("{DIVIDEND_FACTOR}")` undo it')
    if len(bars):
        outside = len(actions) - len(inside)
        notes += [f"{_counted(outside, 'declared split or dividend', 'declared splits or dividends')} before its first "
                  "or after its last bar: no price changes for them"] * bool(outside)  # fmt: skip
    return [*notes, *_unseen(bars, inside)]


def _unseen(bars: Bars, inside: Sequence[tuple[int, Action]]) -> list[str]:
    """Splits that the prices do not show: the data may be adjusted for them already."""
    odd = []
    for first, action in inside:
        before, after = float(bars.close[first - 1]), float(bars.open[first])
        if 1.0 / _SEEN < action.ratio < _SEEN or not (before > 0.0 and after > 0.0):
            continue
        jump = after / before
        if isfinite(jump) and max(jump, 1.0 / jump) < max(jump * action.ratio, 1.0 / (jump * action.ratio)):
            odd.append(f"{action} ({before:.10g} to {after:.10g})")
    if not odd:
        return []
    return [f"the prices do not jump at the split{'s' * (len(odd) != 1)} {_first(odd)}: were they adjusted already?"]


def _listed(splits: Sequence[Action]) -> str:
    return f"the split{'s' * (len(splits) != 1)} {_first([str(split) for split in splits])}"


def _first(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _FEW} others" if len(texts) > _FEW else ""
    return ", ".join(texts[:_FEW]) + more


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
