"""Several symbols in the page: what each brought as a table, and the candles of those that weigh most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..format import counted, shown
from ..metrics.definitions import COUNT, MONEY, NUMBER, RATIO
from ..metrics.run import Measured
from ..several.attribution import attribution, other
from .drawn import Drawn
from .pack import packed, volumes
from .part_table import is_shown, part_table
from .sections import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..output import Floats, Plot
    from ..several.model import Several

DRAWN = 20
"""Symbols whose candles are in the page: those that were bought and sold the most."""
_COLUMNS = {
    "pnl": ("Money", MONEY), "of_net": ("Of the profit", RATIO), "pnl_return": ("Return", RATIO),
    "trades": ("Trades", COUNT), "win_rate": ("Win rate", RATIO), "profit_factor": ("Profit factor", NUMBER),
    "fees": ("Fees", MONEY), "turnover": ("Bought and sold", MONEY), "exposure": ("Held", RATIO),
    "average_weight": ("Weight", RATIO), "denied": ("Denied", COUNT),
}  # fmt: skip


def link(run: Measured) -> str:
    """The way to the section; "" where there is one symbol."""
    return "" if run.output.several is None else '<a href="#symbols">Symbols</a>'


def section(run: Measured) -> str:
    """What each symbol brought, most first, and what is no symbol's; "" where there is one symbol."""
    if run.output.several is None:
        return ""
    parts = sorted(attribution(run), key=lambda part: -part.pnl)
    rest = other(run, parts)
    told = f"Money that is no symbol's, rounding among it: {shown(rest, MONEY, True)}." if is_shown(rest) else ""
    return (
        "<section id='symbols'><h2>Symbols</h2><p class='quiet'>Money after fees, of what is still open as it stood at "
        f"the end; with what is no symbol's it is the net profit. Held: of all events. Weight: the mean of its value / "
        f"equity. {escape(told)}</p>{part_table('symbol', parts, _COLUMNS)}</section>"
    )


def choice(run: Measured) -> str:
    """Where the reader picks whose candles are drawn; hidden where there is one symbol."""
    several = run.output.several
    if several is None:
        return "<select id='symbol' hidden></select>"
    picked = _drawn(run, several)
    names = [escape(several.symbols[place]) for place in picked]
    options = "".join(f"<option value='{at}'>{name}</option>" for at, name in enumerate(names))
    left = several.traded - len(picked)
    told = f"the {DRAWN} bought and sold most; {counted(left, 'other')} in <code>--out</code>"
    more = f" <span>{told}</span>" if left else ""
    return (
        f"<label class='pick'>Prices of <select id='symbol'><option value='-1'>the index of all</option>{options}"
        f"</select>{more}</label>"
    )


def data(run: Measured, groups: Drawn, over: Sequence[Plot], below: Sequence[Plot]) -> dict[str, Any]:
    """What the scripts draw of symbols: names of all, and the columns of some, a value for each event."""
    several = run.output.several
    if several is None:
        return {"names": [], "symbols": []}
    drawn = [_symbol(several, place, groups, over, below) for place in _drawn(run, several)]
    return {"names": list(several.symbols), "symbols": drawn}


def _drawn(run: Measured, several: Several) -> list[int]:
    """The places of the symbols that are drawn, in the order of the panel."""
    parts = attribution(run)
    most = sorted(range(several.traded), key=lambda place: -parts[place].turnover)[:DRAWN]
    return sorted(most)


def _symbol(
    several: Several, place: int, groups: Drawn, over: Sequence[Plot], below: Sequence[Plot]
) -> dict[str, Any]:  # fmt: skip
    import numpy as np

    bars, row = several.bars[place], several.panel.asof(several.symbols[place])
    now = (row >= 0) & (bars.closes[np.maximum(row, 0)] == several.panel.events.instants) if len(bars) else row >= 0

    def at_events(values: Floats) -> Floats:
        return np.where(now, values[np.maximum(row, 0)], np.nan) if len(bars) else np.full(len(row), np.nan)

    series = several.series(place) if over or below else {}

    def lines(plots: Sequence[Plot]) -> list[dict[str, Any]]:
        made = (at_events(np.asarray(series[plot.title], dtype=np.float64)) for plot in plots)
        return [{"values": packed(groups.last(values))} for values in made]

    return {
        "at": place,
        "columns": {
            "open": packed(groups.first(at_events(bars.open))),
            "high": packed(groups.highest(at_events(bars.high))),
            "low": packed(groups.lowest(at_events(bars.low))),
            "close": packed(groups.last(at_events(bars.close))),
            "quantity": packed(groups.last(several.held(place))),
            **volumes(groups, at_events(bars.volume)),
        },
        "over": lines(over),
        "below": lines(below),
    }
