"""Columns of raw rows by name: the one place where results know how trading lays out its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...lang.plan.model import Text
from ..trading.rows import EXPIRE_ORDER, ORDER_COLUMNS, ORDER_TEXT, REASONS, RECORD_COLUMNS, REFUSED, TRADE_COLUMNS
from .output import RunOutput

if TYPE_CHECKING:
    from .output import Floats


def trade_column(output: RunOutput, name: str) -> Floats:
    """A column of every trade row, those open at the end included."""
    return _column(output.trades, TRADE_COLUMNS, name)


def closed_column(output: RunOutput, name: str) -> Floats:
    """A column of the closed trades."""
    return trade_column(output, name)[: closed_count(output)]


def order_column(output: RunOutput, name: str) -> Floats:
    """A column of the orders."""
    return _column(output.orders, ORDER_COLUMNS, name)


def record_column(output: RunOutput, name: str) -> Floats:
    """A column of the monitor records."""
    return _column(output.records, RECORD_COLUMNS, name)


def closed_count(output: RunOutput) -> int:
    """Trades that were closed; the rows after them were open at the end."""
    return len(output.trades) - open_count(output)


def open_count(output: RunOutput) -> int:
    """Trades still open at the end."""
    return int(output.counters.get("open_trades", 0))


def denials(output: RunOutput) -> dict[str, int]:
    """How many orders were denied for each reason, the commonest first."""
    import numpy as np

    denied = order_column(output, "reason")[order_column(output, "status") == REFUSED]
    counts = zip(REASONS, np.bincount(denied.astype(np.int64), minlength=len(REASONS)).tolist(), strict=True)
    return dict(sorted(((reason, n) for reason, n in counts if n), key=lambda item: (-item[1], item[0])))


def reasons_denied(output: RunOutput, most: int = 3) -> str:
    """The commonest reasons of denials with their counts: " (halted 12, exposure 3)"; "" where there are none."""
    told = [f"{reason.replace('_', ' ')} {count:,}" for reason, count in denials(output).items()]
    rest = ["…"] if len(told) > most else []
    return f" ({', '.join(told[:most] + rest)})" if told else ""


def _column(rows: Floats, names: Sequence[str], name: str) -> Floats:
    return rows.reshape(-1, len(names))[:, names.index(name)]


def reason_texts(output: RunOutput) -> dict[int, str]:
    """Order number -> why: what its statement says `because`, with the values of that moment, or the statement.

    An expiry has no moment of its own: it is told by the statement that entered.
    """
    numbers = order_column(output, "order").astype(int).tolist()
    statements = order_column(output, "statement").astype(int).tolist()
    expired = (order_column(output, "kind") == EXPIRE_ORDER).tolist()
    values = output.orders.reshape(-1, len(ORDER_COLUMNS))[:, ORDER_TEXT:].tolist()
    return {
        n: statement_label(output, s) if old else _reason(output, s, texts)
        for n, s, old, texts in zip(numbers, statements, expired, values, strict=True)
    }


def statement_label(output: RunOutput, statement: int) -> str:
    """How an order's statement is named; a guard has none."""
    return output.statements[statement].label if 0 <= statement < len(output.statements) else ""


def _reason(output: RunOutput, statement: int, values: Sequence[float]) -> str:
    because = output.statements[statement].because if 0 <= statement < len(output.statements) else None
    return statement_label(output, statement) if because is None else filled(because, values)


def filled(text: Text, values: Sequence[float]) -> str:
    """A text with its values in place: numbers in up to ten digits, `na` where one is missing."""
    return "".join(part if isinstance(part, str) else _shown(part[0], values[part[1]]) for part in text.parts)


def _shown(kind: str, value: float) -> str:
    if kind == "bool":
        return "true" if value else "false"
    return "na" if value != value else f"{value:.10g}"
