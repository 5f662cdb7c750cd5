"""What programs of several symbols say, and is not always meant: for whom a statement is, and who goes first."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from ..program.nodes import Binding, Node
from ..program.program import Enter, Guard, Hold
from ..syntax import tree
from .context import Context
from .ranges import bounds

_SLACK = 1e-9
_EXPOSURES = ("exposure", "leverage")


def report(
    context: Context, module: tree.Module, enters: Sequence[Enter], holds: Sequence[Hold], guards: Sequence[Guard]
) -> None:
    """Everything that is said of these statements together."""
    _one_symbol(context)
    _both_kinds(context, enters)
    preferred = any(isinstance(statement, tree.Prefer) for statement in module.statements)
    if not preferred:
        _who_goes_first(context, enters, guards)
    _too_much(context, holds, guards)


def _one_symbol(context: Context) -> None:
    """`rank(close)` where there is one symbol."""
    if len(context.symbols.traded) != 1 or context.symbols.universe:
        return
    for name, span in context.symbols.across:
        context.reports.warning(
            "W701", f"`{name}` is over all symbols that are traded, and this program trades one", span,
            help="name the others after `on`, or the universe: `universe \"sp20\"`; what is watched does not count",
        )  # fmt: skip


def _both_kinds(context: Context, enters: Sequence[Enter]) -> None:
    """`enter long when a` beside `enter long SPY when b`: SPY has both."""
    for enter in enters:
        own = next((other for other in enters if other.symbol and other.side == enter.side), None)
        if not enter.symbol and own is not None:
            context.reports.warning(
                "W704", f"this `enter {enter.side}` is for each symbol, `{own.symbol}` too, which has one of its own",
                enter.span, help="name the symbol that each statement is for, or leave out the one for "
                f"`{own.symbol}`",
            )  # fmt: skip


# --- who goes first --------------------------------------------------------------------------------------


def _who_goes_first(context: Context, enters: Sequence[Enter], guards: Sequence[Guard]) -> None:
    """Entries of several symbols compete where a guard lets fewer of them in than there can be."""
    symbols = context.symbols
    count = inf if symbols.universe else len(symbols.traded)
    if not enters or count < 2:
        return
    traded = _traded(enters, count)
    positions = min((_most(context, guard.threshold) for guard in guards if guard.name == "positions"), default=inf)
    room = min((_most(context, guard.threshold) for guard in guards if guard.name in _EXPOSURES), default=1.0)
    wished = _wished(context, enters, count)
    if traded <= positions and wished <= room + _SLACK:
        return
    way_on = "say it: `prefer close / close[20]`, the larger goes first"
    if traded > positions:
        why = f"`guard positions` lets {positions:g} of {'the universe' if count == inf else f'{traded:g} symbols'} in"
    else:
        implied = not any(guard.name in _EXPOSURES for guard in guards)
        all_of_them = "all together may come to more" if wished == inf else f"all together come to {wished:.0%}"
        why = f"exposure is held to {room:.0%}{', as no guard says else' if implied else ''}; {all_of_them}"
        way_on += f"; or make each entry smaller: `size {_share(count, enters, room)}`"
    first = "of the universe" if symbols.universe else "of `on`"
    context.reports.warning(
        "W703", "entries of one bar can outnumber the places, and nothing says which go first", enters[0].span,
        notes=[why, f"those that are first in the order {first} go first"],
        help=way_on,
    )


def _traded(enters: Sequence[Enter], count: float) -> float:
    """How many symbols can have a position at once."""
    return count if any(not enter.symbol for enter in enters) else float(len({enter.symbol for enter in enters}))


def _wished(context: Context, enters: Sequence[Enter], count: float) -> float:
    """The most that all entries together can come to, as a share of equity: one a symbol and side at a time."""
    most: dict[tuple[str, str], float] = {}
    for enter in enters:
        key = enter.symbol, enter.side
        most[key] = most.get(key, 0.0) + _size(context, enter) * (1 + enter.scale)
    return sum(
        max(size for (one, _), size in most.items() if one == symbol) * (1.0 if symbol else count)
        for symbol in {symbol for symbol, _ in most}
    )


def _size(context: Context, enter: Enter) -> float:
    sizes = [enter.sizing.value] if enter.sizing.kind == "fraction" else []
    sizes += [enter.cap] if enter.cap is not None else []
    return min((_most(context, size) for size in sizes), default=inf)


def _share(count: float, enters: Sequence[Enter], room: float) -> str:
    """A size with which all symbols fit in."""
    of = _traded(enters, count)
    return "5%" if of == inf else f"{100.0 * min(room, 10.0) // of:g}%" if of <= 50 else "1%"


def _most(context: Context, node: Node) -> float:
    """The most that a number can be; without bounds where it is a series."""
    if node.binding is Binding.SERIES:
        return context.scales.of(node).high
    return bounds(node, context.param_ranges)[1]


# --- weights ---------------------------------------------------------------------------------------------


def _too_much(context: Context, holds: Sequence[Hold], guards: Sequence[Guard]) -> None:
    """Positions that come to more than the exposure that is allowed are cut, or denied."""
    room = min((_most(context, guard.threshold) for guard in guards if guard.name in _EXPOSURES), default=1.0)
    for group in dict.fromkeys(hold.group for hold in holds):
        legs = [hold for hold in holds if hold.group == group]
        total = sum(_held(context, leg) for leg in legs)
        if total <= room + _SLACK:
            continue
        first, implied = legs[0], not any(guard.name in _EXPOSURES for guard in guards)
        what = "the legs" if first.atomic else "the weights"
        happens = "all are denied, as legs are taken together or not at all" if first.atomic else "the last are cut"
        context.reports.warning(
            "W705", f"{what} come to {total:.0%} of equity, more than the {room:.0%} that may be held", first.span,
            notes=[happens + (": without a `guard exposure` it is 100%" if implied else "")],
            help=f"hold less of each, or allow more: `guard exposure {total:.0%}`",
        )  # fmt: skip


def _held(context: Context, hold: Hold) -> float:
    """The gross share of equity that is held, of all symbols, where it is constant; 0 where it cannot be told."""
    if hold.sizing.kind != "fraction":
        return 0.0
    if hold.symbol:
        return abs(_constant(hold.sizing.value))
    symbols, value = context.symbols, hold.sizing.value
    chosen, taken = _of_the_highest(value)
    if chosen is not None:
        count = min(taken, len(symbols.traded)) if symbols.traded else taken
        return abs(_constant(chosen)) * count
    return abs(_constant(value)) * len(symbols.traded)


def _constant(node: Node) -> float:
    value = node.data[0] if node.kind == "const" else 0.0
    return float(value) if isinstance(value, (int, float)) and value == value else 0.0


def _of_the_highest(node: Node) -> tuple[Node | None, float]:
    """`if rank(x) <= 5 then 20% else 0%`: the weight, and how many have it; none of any other value."""
    if node.kind != "pure" or node.name != "select" or _constant(node.args[2]) != 0.0 or node.args[2].kind != "const":
        return None, 0.0
    condition, weight = node.args[0], node.args[1]
    if condition.kind == "across" and condition.name == "top":
        return weight, _constant(condition.args[1])
    if condition.kind == "pure" and condition.name in ("le", "lt"):
        ranked, most = condition.args
        if ranked.kind == "across" and ranked.name == "rank" and most.kind == "const":
            return weight, _constant(most) - (condition.name == "lt")
    return None, 0.0
