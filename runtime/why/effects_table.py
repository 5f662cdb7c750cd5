"""`result.effects`: what each order of a run did to every limit, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import UsageFault
from ..machine.columns import History
from ..machine.engines import INTERPRETED
from ..results.rows import order_column
from ..results.tables import orders_table
from ..run.prepare import Prepared
from ..run.several.machine import members, portfolio
from ..run.several.merge import rows_at
from .answer import plain
from .decided import Beside, BesideSeveral, Effects, Moments, by_place

if TYPE_CHECKING:
    import pyarrow as pa

    from ..results.output import RunOutput
    from ..run.again import Again
    from ..run.several.prepare import PreparedSeveral

_TEXTS = ("statement", "kind", "guard", "action", "verdict", "settled")
_NUMBERS = ("limit", "before", "asked", "after")


def effects_table(output: RunOutput) -> pa.Table:
    """A row for each limit of each order of a statement that was weighed, or that left, in the order of `orders`."""
    import pyarrow as pa

    again = output.again
    if again is None:
        raise UsageFault(output.untold)
    if again.seal is not None:
        again.seal.check()
    found: dict[str, list[Any]] = {name: [] for name in ("order", "symbol", *_TEXTS, *_NUMBERS)}
    orders = orders_table(output).select(["order", "symbol", "statement", "kind"]).to_pylist()
    for row, (limits, settled) in sorted(_effects(output, again)):
        for each in limits:
            told = {**plain(each), **orders[row], "settled": settled}
            for name, values in found.items():
                values.append(told[name])
    kinds = {name: pa.float64() for name in _NUMBERS} | {"order": pa.int64()}
    return pa.table({name: pa.array(values, kinds.get(name, pa.string())) for name, values in found.items()})


def _effects(output: RunOutput, again: Again) -> Iterator[tuple[int, Effects]]:
    """Of each row of `orders` that a statement gave and that was looked at."""
    from ..trading.rows import ORDER_KINDS, STATUSES

    index, statement, kind, side, status = (
        order_column(output, name).astype(int) for name in ("index", "statement", "kind", "side", "status")
    )
    asked = [row for row in range(len(index)) if statement[row] >= 0 and STATUSES[status[row]] != "conflict"
             and ORDER_KINDS[kind[row]] in ("enter", "exit")]  # fmt: skip
    several = output.several
    of = [0] * len(index) if several is None else several.orders.tolist()
    prepared = again.prepared
    late = prepared.assumptions.latency
    if isinstance(prepared, Prepared):
        place_of = {row: int(index[row]) + late for row in asked}
        decided: Any = _of_one(again, prepared, sorted(set(place_of.values())))
        decisions = by_place(again.program.plan)
    else:
        assert several is not None
        events = rows_at(several.panel, several.traded)
        place_of = {row: _later(events[of[row]], int(index[row]), late) for row in asked}
        decided = _of_several(again, prepared, sorted(set(place_of.values())))
        decisions = by_place(again.program.several.main)
    by_bar: dict[int, list[int]] = {}
    for row, place in place_of.items():
        by_bar.setdefault(place, []).append(row)
    for place, moments in decided:
        for row in by_bar[place]:
            now: Moments | None = moments.get(several.symbols[of[row]] if several is not None else "")
            if now is not None:
                words = ORDER_KINDS[kind[row]], "long" if side[row] > 0 else "short"
                yield row, now.effects(decisions[int(statement[row])], int(statement[row]), *words)


def _later(events: Any, event: int, late: int) -> int:
    """The event at which what a symbol wished at one arrives; -1: after the last of its bars."""
    place = int(events.searchsorted(event)) + late
    return int(events[place]) if place < len(events) else -1


def _of_one(again: Again, prepared: Prepared, bars: list[int]) -> Iterator[tuple[int, dict[str, Moments]]]:
    plan, history = again.program.plan, History(prepared.bars, prepared.assumptions.timezone)
    machine = prepared.machine(plan, again.engine)
    beside = Beside(machine, prepared.machine(plan, INTERPRETED))
    for bar in bars:
        if bar < len(prepared.bars):
            machine.run(history, bar)
            values = [history(column, bar, bar + 1)[0].item() for column in machine.plan.columns]
            yield bar, {"": beside.keep()(values)}


def _of_several(again: Again, prepared: PreparedSeveral, events: list[int]) -> Iterator[tuple[int, dict[str, Moments]]]:
    several, may, panel = again.program.several, members(prepared), prepared.panel
    machine = portfolio(several, prepared, again.engine)
    beside = BesideSeveral(machine, portfolio(several, prepared, INTERPRETED))
    for event in events:
        if event >= 0:
            machine.run(panel, event, members=may)
            yield event, beside.keep()(lambda run: run.run(panel, run.index + 1, members=may))
