"""Whole rows to compare with: every column is said, what is not written has the value of a row without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from stratagem.runtime.trading import rows

from .driver import MINUTE

NA = float("nan")
MOMENTS = {name: code for code, name in enumerate(rows.MOMENTS)}


def order(
    number: int, at: int, statement: int, kind: str, side: int, status: str, reason: str = "", *, asked: float,
    got: float = 0.0, fill: tuple[int, str, float] | None = None, stop: float = NA, target: float = NA,
    texts: Sequence[float] = (), limit: float = NA, trigger: float = NA,
) -> dict[str, float]:  # fmt: skip
    """A row of orders. fill: bar, moment and price. texts: the first of eight; a guard has none (NA).

    Types are 0 market, 1 limit, 2 trigger, 3 both.
    """
    index, moment, price = fill or (-1, "", NA)
    values = [*texts, *[0.0 if statement >= 0 and kind in ("enter", "exit") else NA] * (8 - len(texts))]
    return {
        "order": number, "index": at, "time": at * MINUTE, "statement": statement,
        "kind": rows.ORDER_KINDS.index(kind), "side": side, "status": rows.STATUSES.index(status),
        "reason": rows.REASONS.index(reason), "asked": asked, "got": got, "fill_index": index,
        "fill_time": index * MINUTE if fill else NA, "fill_moment": MOMENTS.get(moment, -1), "fill_price": price,
        "stop": stop, "target": target, "type": 2 * (trigger == trigger) + (limit == limit), "limit": limit,
        "trigger": trigger, **{f"text{i}": value for i, value in enumerate(values)},
    }  # fmt: skip


def trade(
    side: int, quantity: float, into: tuple[int, str, float], out: tuple[int, str, float], reason: str, *, pnl: float,
    fees: float = 0.0, returned: float, mae: float, mfe: float, ambiguous: int = 0, stop: float = NA,
    target: float = NA, statement: int, orders: tuple[int, int],
) -> dict[str, float]:  # fmt: skip
    """A row of trades. into, out: bar, moment and price. orders: the numbers of its entry's and its exit's.

    A plain level of its lot has one name as a reason and as a level.
    """
    level = reason if reason in rows.EXIT_LEVELS else ""
    return {
        "side": side, "quantity": quantity, "entry_index": into[0], "entry_time": into[0] * MINUTE,
        "entry_moment": MOMENTS[into[1]], "entry_price": into[2], "exit_index": out[0], "exit_time": out[0] * MINUTE,
        "exit_moment": MOMENTS[out[1]], "exit_price": out[2], "fees": fees, "pnl": pnl, "return": returned,
        "bars": out[0] - into[0], "mae": mae, "mfe": mfe, "reason": rows.EXIT_REASONS.index(reason),
        "ambiguous": ambiguous, "stop": stop, "target": target, "entry_statement": statement,
        "entry_order": orders[0], "exit_order": orders[1], "level": rows.EXIT_LEVELS.index(level),
    }  # fmt: skip


def record(index: int, phase: str, **values: float) -> dict[str, float]:
    """A row of records; the net value, what margin is used and what is at risk are the gross value unless said."""
    made = {"index": float(index), "phase": float(rows.PHASES.index(phase))}
    made |= dict.fromkeys(("net", "margin_used", "open_risk"), values.get("gross", 0.0))
    made |= {"carry": 0.0, "interest": 0.0, **dict.fromkeys(rows.RECORD_COLUMNS[rows.READINGS :], NA), **values}
    missing = set(rows.RECORD_COLUMNS) - set(made)
    assert not missing, f"a record says everything; {sorted(missing)} is not said"
    return made


def same(found: Sequence[Mapping[str, float]], expected: Sequence[Mapping[str, Any]]) -> None:
    """Row by row and column by column, to 1e-12."""
    assert len(found) == len(expected), f"expected {len(expected)} rows, found {[dict(row) for row in found]}"
    for place, (ours, theirs) in enumerate(zip(expected, found, strict=True)):
        differ = {n: (v, theirs[n]) for n, v in ours.items() if not _equal(v, theirs[n])}
        assert not differ and set(ours) == set(theirs), f"row {place}: {{column: (expected, found)}} {differ}"


def _equal(one: float, other: float) -> bool:
    return (isnan(one) and isnan(other)) or abs(one - other) <= 1e-12 * max(1.0, abs(one))
