"""The words that mean something without being defined: series, time, books, constants and assumptions."""

from __future__ import annotations

from math import inf

from ..program.units import Unit

SERIES: dict[str, Unit] = {
    "open": Unit.PRICE,
    "high": Unit.PRICE,
    "low": Unit.PRICE,
    "close": Unit.PRICE,
    "volume": Unit.QUANTITY,
}

TIME_FIELDS: dict[str, Unit] = {
    "time": Unit.TIME,
    "year": Unit.PLAIN,
    "month": Unit.PLAIN,
    "day": Unit.PLAIN,
    "weekday": Unit.PLAIN,
    "hour": Unit.PLAIN,
    "minute": Unit.PLAIN,
    "bar_index": Unit.BARS,
}

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

CONSTANTS = ("true", "false", "na")
OTHER_WORDS = dict.fromkeys(("nan", "nil", "none", "null"), "na")
"""What other languages call a missing value."""

# Book fields (semantics 19): name -> unit; those in BOOK_BOOLS are bools, those in BOOK_MISSING may be na.
BOOKS: dict[str, Unit] = {
    "equity": Unit.MONEY,
    "cash": Unit.MONEY,
    "drawdown": Unit.RATIO,
    "position.size": Unit.QUANTITY,
    "position.entry_price": Unit.PRICE,
    "position.pnl": Unit.MONEY,
    "position.bars": Unit.BARS,
    "position.flat": Unit.PLAIN,
    "position.long": Unit.PLAIN,
    "position.short": Unit.PLAIN,
    "position.stop": Unit.PRICE,
    "position.risk": Unit.MONEY,
    "position.high": Unit.PRICE,
    "position.low": Unit.PRICE,
    "position.last_price": Unit.PRICE,
    "position.lots": Unit.PLAIN,
    "position.weight": Unit.RATIO,
    "pnl.day": Unit.MONEY,
    "pnl.realised": Unit.MONEY,
    "pnl.unrealised": Unit.MONEY,
    "pnl.fees": Unit.MONEY,
    "pnl.total": Unit.MONEY,
    "trades.count": Unit.PLAIN,
    "trades.today": Unit.PLAIN,
    "trades.losses_today": Unit.PLAIN,
    "trades.loss_streak": Unit.PLAIN,
    "trades.win_rate": Unit.RATIO,
    "trades.mean_win": Unit.MONEY,
    "trades.mean_loss": Unit.MONEY,
    "trades.last_return": Unit.RATIO,
    "trades.last_reason": Unit.PLAIN,
    "trades.bars_since": Unit.BARS,
}
BOOK_BOOLS = frozenset({"position.flat", "position.long", "position.short"})
BOOK_MISSING = frozenset(
    {"position.entry_price", "position.risk", "position.stop", "position.high", "position.low", "position.last_price"}
    | {"trades.win_rate", "trades.mean_win", "trades.mean_loss", "trades.last_return", "trades.bars_since"}
)
NAMESPACES: dict[str, tuple[str, ...]] = {
    head: tuple(name.partition(".")[2] for name in BOOKS if name.startswith(head + "."))
    for head in ("position", "trades", "pnl")
}

# Why a trade ended; `trades.last_reason == "stop"` compares with the place in this list (0: none yet).
EXIT_REASONS = ("", "signal", "reverse", "stop", "target", "trail", "expire", "guard", "end")

GUARDS: dict[str, Unit] = {
    "drawdown": Unit.RATIO,
    "daily_loss": Unit.RATIO,
    "loss": Unit.RATIO,
    "day_gain": Unit.RATIO,
    "exposure": Unit.RATIO,
    "leverage": Unit.PLAIN,
    "position": Unit.RATIO,
    "positions": Unit.PLAIN,
    "day_trades": Unit.PLAIN,
    "day_losses": Unit.PLAIN,
}
GUARDS_LATER = ("orders_per_minute",)
GUARD_ACTIONS = ("deny", "halt", "flatten", "reduce")
REDUCIBLE = ("exposure", "leverage", "position")
"""Guards whose reading falls when a part is closed."""
FILLS = ("next_open", "this_close")

ASSUMPTIONS = (
    "capital", "fee", "slippage", "fill", "path", "bracket", "sizing", "lot", "tick", "point_value",
    "timezone", "model",
)  # fmt: skip
ASSUMPTIONS_LATER = ("entries", "session", "calendar", "currency", "margin", "spread", "funding", "latency")

# Words whose numbers lie between known bounds: name -> least, greatest value. Functions say it where they are defined.
RANGES: dict[str, tuple[float, float]] = {
    "volume": (0.0, inf),
    "month": (1.0, 12.0),
    "day": (1.0, 31.0),
    "weekday": (1.0, 7.0),
    "hour": (0.0, 23.0),
    "minute": (0.0, 59.0),
    "bar_index": (0.0, inf),
    "drawdown": (0.0, 1.0),
    "position.bars": (0.0, inf),
    "position.lots": (0.0, inf),
    "trades.count": (0.0, inf),
    "trades.today": (0.0, inf),
    "trades.losses_today": (0.0, inf),
    "trades.loss_streak": (0.0, inf),
    "trades.win_rate": (0.0, 1.0),
    "trades.bars_since": (0.0, inf),
}


def is_reserved(name: str) -> bool:
    """Whether a definition may not take this name, because it already means something everywhere."""
    return name in SERIES or name in TIME_FIELDS or name in NAMESPACES or name in BOOKS or name in WEEKDAYS
