"""The quality gate of a run over several symbols: what `runtime/run/gate.py` asks, of all books together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ....lang.diagnostics.span import NOWHERE
from ....lang.plan.constants import MISSING, TICK, evaluate_params
from ....lang.plan.model import BASE_CLOCK, Plan
from ....lang.program.program import Emit, Enter, Hold
from ...compiled.compiled import Compiled
from ...data.panel.names import listed
from ...results.format import counted
from ...results.gate import Check
from ...trading.rows import ORDER_REASON, ORDER_STATEMENT, ORDER_STATUS, REASONS, REFUSED
from ..approached import Nearest
from ..gate import opened
from ..no_trades import fates, parts_held, rested
from ..reach import buys_nothing, limit_of
from ..risked import risked
from .prepare import PreparedSeveral, firsts_of
from .series import node_values, values_of

if TYPE_CHECKING:
    from ....lang.program.nodes import Node
    from ...results.output import Floats, RunOutput

ENTERING = ("enter", "hold")


def checks(
    program: Compiled, prepared: PreparedSeveral, left: RunOutput, engine: str, near: Mapping[int, Nearest]
) -> tuple[Check, ...]:  # fmt: skip
    """Every check of a run, one after another: what has a cause that was told before is not told again. near: as of
    one symbol, `runtime/run/gate.py`."""
    account = prepared.assumptions
    limit = limit_of(program.plan, prepared.values, account)
    nothing = buys_nothing(program.plan, account.capital, limit, zip(prepared.own, prepared.panel, strict=False))
    capital = Check("capital", not nothing, nothing or f"{account.capital:,.10g}")
    if nothing:
        return (capital,)
    cannot = _cannot_act(program.plan, prepared)
    if cannot:
        return capital, Check("acts", False, cannot)
    found = [capital, Check("acts", True, "it enters, and the data have the bars that an entry waits for")]
    if account.opens == "at_once":
        found.append(_opens(program, prepared, left))
    if not len(left.trades):
        return *found, Check("trades", False, "; ".join(_without_trades(program, prepared, left.orders, engine, near)))
    denied = "; ".join(_denied(left))
    return (
        *found, Check("trades", True, counted(len(left.trades), "trade")),
        Check("orders", not denied, denied or "none was denied every time"),
        *risked(program.plan, left.orders),
    )  # fmt: skip


def _cannot_act(plan: Plan, prepared: PreparedSeveral) -> str:
    if not any(decision.action in ENTERING for decision in plan.decisions):
        return "the program has no `enter`, `rebalance`, `atomic` or `sequence`: there was nothing to trade"
    if prepared.first >= len(prepared.panel.events):
        return "there are no bars to test: nothing could be entered"
    needs = bars_needed(plan, prepared)
    if not needs or any(need <= bars for _, need, bars in needs):
        return ""
    least, have = min(need for _, need, _ in needs), listed([f"{symbol} {bars:,}" for symbol, _, bars in needs])
    return f"nothing could be entered: the program needs {counted(least, 'bar')}, the data have: {have}"


def bars_needed(plan: Plan, prepared: PreparedSeveral) -> list[tuple[str, int, int]]:
    """Of each symbol that some statement enters how many bars the one with the least needs, and how many it has."""
    found = []
    for bars, own in zip(prepared.panel, prepared.own, strict=False):
        values = evaluate_params(plan, {**prepared.values, TICK: own.tick or MISSING}, symbol=bars.symbol)
        needs = [max((int(values[slot]) + 1 for what, slot in decision.gate if what == BASE_CLOCK), default=0)
                 for decision in plan.decisions
                 if decision.action in ENTERING and decision.symbol in ("", bars.symbol)]  # fmt: skip
        if needs:
            found.append((bars.symbol, min(needs), len(bars)))
    return found


@dataclass(frozen=True, slots=True)
class _Entering:
    """A statement that enters. whole: its condition, read on the bars of `symbol` ("": on those of each); parts: what
    `and` joins in it. statements: those of the core whose orders are its own."""

    name: str
    symbol: str
    whole: Node
    parts: tuple[tuple[str, Node], ...]
    statements: tuple[int, ...]


def _opens(program: Compiled, prepared: PreparedSeveral, left: RunOutput) -> Check:
    """Whether the first position was decided at the first event at which any statement could enter any symbol."""
    first = first_opportunity(program, prepared)
    if first < 0:
        return Check("opens", False, "`assume opens at_once`: no event of the test is one at which anything could be "
                                     "entered")  # fmt: skip
    return opened(first, left.trades, left.orders, left.bars.ts, "event")


def first_opportunity(program: Compiled, prepared: PreparedSeveral) -> int:
    """The first event tested at which a statement may enter a symbol, having all it reads of it, while that belongs to
    the universe; -1 without one."""
    import numpy as np

    from ....lang.plan.several import several
    from ...why.reads import Reads

    reads, panel, typed = Reads(), prepared.panel, program.typed
    entering = [each for each in typed.trading if isinstance(each, Enter | Hold)]
    emits = tuple(Emit(f"warm {at}", reads.warm(each.reads), NOWHERE) for at, each in enumerate(entering))
    plans = several(replace(typed, emits=emits, alerts=(), plots=()), [], limits=program.bounds)
    warm = values_of(plans, prepared, "interpreted", [emit.name for emit in emits])
    events = np.repeat(np.arange(len(panel.events)), np.diff(panel.events.offsets))
    found = []
    for place, symbol in enumerate(prepared.symbols):
        at = events[panel.places_of(place)]
        may = at >= prepared.first
        if prepared.universe is not None:
            may &= prepared.universe.at_closes(panel, symbol, prepared.assumptions.timezone)[at]
        for nth, each in enumerate(entering):
            if each.symbol in ("", symbol):
                found += at[may & (warm[f"warm {nth}"][place] == 1.0)][:1].tolist()
    return min(found, default=-1)


def _without_trades(
    program: Compiled, prepared: PreparedSeveral, orders: Floats, engine: str, near: Mapping[int, Nearest]
) -> Iterator[str]:  # fmt: skip
    """Of each statement that enters how often each part of its condition held, over the tested bars that it is read on,
    and what became of its orders."""
    import numpy as np

    entering = _entering(program)
    nodes = {f"{nth}": each.whole for nth, each in enumerate(entering)}
    nodes |= {f"{nth}:{at}": node for nth, each in enumerate(entering) for at, (_, node) in enumerate(each.parts)}
    values = node_values(program, prepared, engine, nodes)
    firsts, symbols = firsts_of(prepared.panel, prepared.traded, prepared.first), prepared.symbols
    for nth, each in enumerate(entering):
        places = [place for place, symbol in enumerate(symbols) if each.symbol in ("", symbol)]
        bars = sum(len(prepared.panel.bars[place]) - firsts[place] for place in places)
        held = {name: sum(int((values[name][place][firsts[place] :] == 1.0).sum()) for place in places)
                for name in nodes if name.split(":")[0] == str(nth)}  # fmt: skip
        whole, *parts = held.values()
        own = orders[np.isin(orders[:, ORDER_STATEMENT], each.statements)]
        of = each.symbol or counted(len(symbols), "symbol")
        yield (f"no trades: `{each.name}`: of {counted(bars, 'bar')} of {of}, "
               f"{parts_held([text for text, _ in each.parts], parts, whole)}{fates(own)}"
               f"{rested(near.get(each.statements[0]))}")  # fmt: skip


def _entering(program: Compiled) -> list[_Entering]:
    """Every statement that enters, in the order of the text; legs of one `atomic` or `sequence` are one."""
    found: dict[tuple[str, int], _Entering] = {}
    for decision, each in zip(program.plan.of_text, program.typed.trading, strict=True):
        own = tuple(range(decision.index, decision.index + decision.places))
        if isinstance(each, Enter):
            found["enter", each.index] = _Entering(decision.name, each.symbol, each.when, each.parts, own)
        elif isinstance(each, Hold):
            key, whole = ("hold", each.group), each.said or each.when
            first = found.get(key) or _Entering("", each.symbol, whole, each.parts or ((each.period, whole),), ())
            name = f"{first.name}, {each.symbol}" if first.name else decision.name
            if each.step:
                name = f"sequence {each.sequence}"
            found[key] = replace(first, name=name, statements=first.statements + own)
    return list(found.values())


def _denied(left: RunOutput) -> Iterator[str]:
    """The statements of which every order was denied, and why."""
    statement, status = left.orders[:, ORDER_STATEMENT], left.orders[:, ORDER_STATUS]
    for name in dict.fromkeys(each.label for each in left.statements):
        numbers = [number for number, each in enumerate(left.statements) if each.label == name]
        own = (statement >= min(numbers)) & (statement <= max(numbers))
        if not own.any() or (status[own] != REFUSED).any():
            continue
        why = Counter(REASONS[int(reason)].replace("_", " ") for reason in left.orders[own, ORDER_REASON])
        reasons = ", ".join(reason if len(why) == 1 else f"{reason} {n:,}" for reason, n in why.most_common())
        yield f"every order of `{name}` was denied, {counted(int(own.sum()), 'time')} ({reasons})"
