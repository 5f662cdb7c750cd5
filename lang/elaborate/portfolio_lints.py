"""What programs of several symbols say, and is not always meant: for whom a statement is, and who goes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, inf

from ..diagnostics.reports import insert
from ..program.holdings import Defaults, gross
from ..program.nodes import Binding, Node
from ..program.program import Enter, Guard, Hold
from ..syntax import tree
from .context import Context
from .guard_lints import margin_allows
from .ranges import bounds

_SLACK = 1e-9
_EXPOSURES = ("exposure", "leverage")


def report(
    context: Context, module: tree.Module, enters: Sequence[Enter], holds: Sequence[Hold], guards: Sequence[Guard],
    defaults: Defaults, assumed: Mapping[str, str],
) -> None:  # fmt: skip
    """Everything that is said of these statements together; defaults: of the parameters, assumed: by the text."""
    _one_symbol(context)
    _both_kinds(context, enters)
    preferred = any(isinstance(statement, tree.Prefer) for statement in module.statements)
    if not preferred:
        _who_goes_first(context, enters, guards, assumed)
    _too_much(context, holds, guards, defaults, assumed)
    _of_one(context, holds)


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


def room(context: Context, guards: Sequence[Guard], assumed: Mapping[str, str]) -> tuple[float, str]:
    """How much may be held, as a share of equity, and what says so: an assumed margin, "" of a guard that is written,
    "implied"."""
    limits = [_most(context, guard.threshold) for guard in guards if guard.name in _EXPOSURES]
    margin = margin_allows("exposure", assumed)
    if margin is not None and margin[0] <= min(limits, default=inf):
        return margin
    return (min(limits), "") if limits else (1.0, "implied")


# --- who goes first --------------------------------------------------------------------------------------


def _who_goes_first(
    context: Context, enters: Sequence[Enter], guards: Sequence[Guard], assumed: Mapping[str, str]
) -> None:
    """Entries of several symbols compete where a guard lets fewer of them in than there can be."""
    symbols = context.symbols
    count = inf if symbols.universe else len(symbols.traded)
    traded = _traded(enters, count) if enters else 0.0
    if traded < 2:
        return
    guards = of_account(guards)
    positions = min((_most(context, guard.threshold) for guard in guards if guard.name == "positions"), default=inf)
    allowed, by = room(context, guards, assumed)
    wished = _wished(context, enters, count)
    if traded <= positions and wished <= allowed + _SLACK:
        return
    way_on = "say it: `prefer close / close[20]`, the larger goes first"
    if traded > positions:
        why = f"`guard positions` lets {positions:g} of {'the universe' if count == inf else f'{traded:g} symbols'} in"
    else:
        by = {"": "", "implied": ", as no guard says else"}.get(by, f" by {by}")
        all_of_them = "all together may come to more" if wished == inf else f"all together come to {wished:.0%}"
        why = f"exposure is held to {allowed:.0%}{by}; {all_of_them}"
        way_on += f"; or make each entry smaller: `size {_share(count, enters, allowed)}`"
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
        most[key] = most.get(key, 0.0) + _size(context, enter) * len(enter.rungs) * (1 + enter.scale)
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


def of_account(guards: Sequence[Guard]) -> list[Guard]:
    """Those that are of no group."""
    return [guard for guard in guards if not guard.of]


def _too_much(
    context: Context, holds: Sequence[Hold], guards: Sequence[Guard], defaults: Defaults, assumed: Mapping[str, str]
) -> None:
    """Positions that come to more than the exposure that is allowed are cut, or denied."""
    guards = of_account(guards)
    allowed, by = room(context, guards, assumed)
    for group in dict.fromkeys(hold.group for hold in holds):
        legs = [hold for hold in holds if hold.group == group]
        total = _total(context, legs, defaults)
        if total <= allowed + _SLACK:
            continue
        first, way_on = legs[0], f"guard exposure {total:.0%}"
        if by not in ("", "implied"):
            way_on = f"assume leverage {ceil(total - _SLACK)}"
        what, happens = _HAPPENS["sequence" if first.step else "atomic" if first.atomic else "rebalance"]
        context.reports.warning(
            "W705", f"{what} come to {total:.0%} of equity, more than the {allowed:.0%} that may be held", first.span,
            notes=[happens + {"": "", "implied": ": without a `guard exposure` it is 100%"}.get(by, f": so says {by}")],
            help=f"hold less of each, or allow more: `{way_on}`",
        )  # fmt: skip


_HAPPENS = {
    "rebalance": ("the weights", "the last are cut"),
    "atomic": ("the legs", "all are denied, as legs are taken together or not at all"),
    "sequence": ("the instructions", "the one that is too much is denied, and ends the sequence"),
}


def _total(context: Context, legs: Sequence[Hold], defaults: Defaults) -> float:
    """What is known of all these come to; of instructions the most that they come to at any of them."""
    held: dict[tuple[str, int], float] = {}
    most = 0.0
    for number, leg in enumerate(legs):
        shares = gross(leg, context.symbols.traded, defaults)
        held[leg.symbol, 0 if leg.step else number] = sum(share for share in shares if share is not None)
        most = max(most, sum(held.values()))
    return most


def _of_one(context: Context, holds: Sequence[Hold]) -> None:
    """`weight of SPY 60%` beside symbols that no weight is of, or beside a weight that no symbol has."""
    traded = context.symbols.traded
    for hold in holds:
        named = [symbol for symbol, _ in hold.weights]
        left = [symbol for symbol in traded if symbol not in named]
        if named and hold.others is not None and traded and not left:
            context.reports.warning(
                "W707", "this weight is of no symbol: each has one of its own", hold.others.span,
                help="leave it out, or the `weight of` a symbol that is to have this one",
            )  # fmt: skip
        if named and hold.others is None and (left or not traded):
            of_these = ", ".join(f"`{symbol}`" for symbol in left) or "the others of the universe"
            context.reports.warning(
                "W706", f"no weight is of {of_these}: nothing is held there, and what other statements enter is sold",
                hold.span, fixes=[insert("say it with `weight 0%`", hold.span, hold.span.end, " weight 0%")],
                help="a `weight` without a symbol is of all that have none of their own",
            )  # fmt: skip
