"""What others call a field of a record, of the books or of a fact in a test, and which of ours may be meant."""

from __future__ import annotations

from collections.abc import Collection

from ..diagnostics.suggest import nearest

_MEANT = {
    "gain": "return ret returns pct percent profit_pct pnl_pct return_pct roi",
    "pnl": "profit profit_loss result net net_profit loss pl",
    "quantity": "size qty shares units amount volume",
    "size": "quantity qty shares units amount",
    "entry_price": "entry price open_price avg_price average_price fill",
    "exit_price": "exit close_price",
    "exit_reason": "reason why",
    "fill_price": "price fill",
    "final_equity": "equity balance profit pnl return end_equity",
    "max_drawdown": "drawdown dd max_dd",
    "trades": "count n closed number total_trades",
    "fees": "fee commission commissions cost costs",
    "bars": "duration length bars_held age",
    "line": "macd value st supertrend trend",
    "signal": "macd_signal signal_line sig",
    "hist": "histogram macd_hist diff",
    "direction": "dir side trend_direction",
    "middle": "mid basis mean center centre ma average",
    "upper": "top up high upper_band ub",
    "lower": "bottom bot down low lower_band lb",
    "plus": "plus_di di_plus pdi",
    "minus": "minus_di di_minus mdi",
}


def meant(name: str, fields: Collection[str]) -> str | None:
    """The field that may be meant by another name: one of that meaning, or the one most like it."""
    said = (ours for ours, others in _MEANT.items() if ours in fields and name.lower() in others.split())
    return next(said, None) or nearest(name, fields)
