"""What each symbol brought: its part of the account's profit, its trades, how long and how much of it was held.

The parts and `other` add up to the net profit. `other` is what no trade brought: rounding, and money that is not of any
symbol.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ...trading.rows import REFUSED, TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX
from ..metrics.exact import total
from ..metrics.run import Measured, mean, quotient
from ..rows import closed_count, order_column, point_values

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from ..output import Floats
    from .model import Several


@dataclass(frozen=True, slots=True)
class Part:
    """What is told of a symbol. Money is after fees, and of what is still open as it stood at the end.

    of_net: its share of the net profit; None where that is 0. pnl_return: its money as a ratio of the capital.
    exposure: tested events after which it was held, of all. average_weight: mean of its value / equity over these
    events, signed; None where equity was ever lost entirely. turnover: bought and sold, in money.
    """

    symbol: str
    pnl: float
    pnl_return: float
    of_net: float | None
    trades: int
    open_trades: int
    win_rate: float | None
    profit_factor: float | None
    fees: float
    turnover: float
    exposure: float | None
    average_weight: float | None
    denied: int


PART_COLUMNS = tuple(field.name for field in fields(Part))


def attribution(run: Measured) -> list[Part]:
    """A part for each symbol traded, in the order of the panel; none where the run has one symbol."""
    several = run.output.several
    return [] if several is None else [_part(run, several, place) for place in range(several.traded)]


def other(run: Measured, parts: Sequence[Part]) -> float:
    """The net profit that is no symbol's: what is left of it, exactly, once all parts are taken out."""
    import numpy as np

    return total(np.array([run.net_profit, *(-part.pnl for part in parts)]))


def attribution_table(run: Measured) -> pa.Table:
    """The parts as Arrow, a row a symbol; of a portfolio of strategies a row a symbol of each."""
    import pyarrow as pa

    kinds = {"symbol": pa.string(), "trades": pa.int64(), "open_trades": pa.int64(), "denied": pa.int64()}
    parts, strategies = attribution(run), run.output.strategies
    columns = {name: [getattr(part, name) for part in parts] for name in PART_COLUMNS}
    table = pa.table({name: pa.array(values, kinds.get(name, pa.float64())) for name, values in columns.items()})
    if strategies is None:
        return table
    own = pa.array([strategies.names[owner] for owner in strategies.owners], pa.string())
    table = table.set_column(0, "symbol", pa.array(list(strategies.symbols), pa.string()))
    return table.add_column(0, "strategy", own)


def _part(run: Measured, several: Several, place: int) -> Part:
    out, own = run.output, several.trades == place
    closed = own[: closed_count(out)]
    pnl, money = run.pnl[closed], total(run.every("pnl")[own])
    held = several.held(place)[out.first :]
    denied = (several.orders == place) & (order_column(out, "status") == REFUSED)
    return Part(
        symbol=several.symbols[place],
        pnl=money,
        pnl_return=money / run.capital,
        of_net=quotient(money, run.net_profit),
        trades=len(pnl),
        open_trades=int(own.sum()) - len(pnl),
        win_rate=quotient(int((pnl > 0.0).sum()), len(pnl)),
        profit_factor=quotient(total(pnl[pnl > 0.0]), -total(pnl[pnl < 0.0])),
        fees=total(run.every("fees")[own]),
        turnover=_turnover(run, own, closed),
        exposure=quotient(int((held != 0.0).sum()), out.tested),
        average_weight=_average_weight(run, several, place),
        denied=int(denied.sum()),
    )


def _turnover(run: Measured, own: NDArray[np.bool_], closed: NDArray[np.bool_]) -> float:
    """Fills of an open trade are its entry alone."""
    sizes = run.every("quantity")
    bought, sold = (sizes * point_values(run.output, each) for each in (TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX))
    entries, exits = abs(bought * run.every("entry_price")), abs(sold[: len(closed)] * run.closed("exit_price"))
    return total(entries[own]) + total(exits[closed])


def _average_weight(run: Measured, several: Several, place: int) -> float | None:
    return None if (run.equity <= 0.0).any() else mean(weights(run, several, place))


def weights(run: Measured, several: Several, place: int) -> Floats:
    """The value of a symbol / the equity of the account, after each tested event."""
    value: Floats = several.value(place)[run.output.first :] / run.equity
    return value
