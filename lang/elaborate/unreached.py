"""Orders that never do anything: an exit that excludes what it leaves, an entry after one of the same condition.

What an exit can find is known: while a long position is held its size is above 0, and of one that leaves after 3 bars
no more than 3 are counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..diagnostics.model import Note
from ..diagnostics.span import Span
from ..program.nodes import Node
from ..program.program import Enter, Exit, Guard
from .context import Context
from .contradictions import BARS_HELD, HELD, Fact, excluded
from .portfolio_lints import of_account, room
from .ranges import bounds

_SLACK = 1e-9


def report(
    context: Context, enters: Sequence[Enter], exits: Sequence[Exit], guards: Sequence[Guard],
    assumed: Mapping[str, str], sized: Collection[Span],
) -> None:  # fmt: skip
    """Everything that is said of entries and exits beside each other; assumed: by the text; sized: entries that say
    how much."""
    for leaving in exits:
        entered = [enter for enter in enters if _meet(enter, leaving)]
        left = {each.side for each in exits}
        if not entered and any(enter.side not in left for enter in enters):  # one of the two names the wrong side
            context.reports.warning(
                "W603", f"this exit has nothing to leave: there is no `enter {leaving.side}`", leaving.span,
                help=f"an `exit {leaving.side}` closes a {leaving.side} position, and opens none",
            )  # fmt: skip
        elif entered:
            _never_acts(context, leaving, entered)
            _as_it_enters(context, leaving, entered)
    _again(context, enters, exits)
    _too_large(context, enters, guards, assumed, sized)


def _meet(one: Enter | Exit, other: Enter | Exit) -> bool:
    return one.side == other.side and (not one.symbol or not other.symbol or one.symbol == other.symbol)


# --- exits -----------------------------------------------------------------------------------------


def _never_acts(context: Context, leaving: Exit, entered: Sequence[Enter]) -> None:
    side = leaving.side
    if excluded(context, leaving.when, Fact(HELD, ">" if side == "long" else "<", (0.0,))):
        context.reports.warning(
            "W607", f"this exit never acts: while a {side} position is held its condition cannot hold", leaving.span,
            help=f"an exit finds a {side} position by itself; nothing of it has to be asked",
        )  # fmt: skip
        return
    lasts = [_bars(enter) for enter in entered]
    longest = max((bars for bars in lasts if bars is not None), default=None)
    if longest is None or None in lasts or any(enter.scale or enter.ladder for enter in entered):
        return
    if excluded(context, leaving.when, Fact(BARS_HELD, "<=", (longest,))):
        context.reports.warning(
            "W607", f"this exit never acts: `expire` has closed the position after {longest:g} bars", leaving.span,
            notes=[Note("the entry is here", entered[0].span)],
            help="`position.bars` counts the bar of the entry as 1; keep the one that is meant",
        )  # fmt: skip


def _bars(enter: Enter) -> float | None:
    """After how many bars a lot leaves at the latest; None where that is not known."""
    node = enter.expire if enter.expire_kind == "bars" else None
    return float(str(node.data[0])) if node is not None and node.kind == "const" else None


def _as_it_enters(context: Context, leaving: Exit, entered: Sequence[Enter]) -> None:
    """`enter long when c` beside `exit long when c`."""
    same = next((enter for enter in entered if enter.when is leaving.when and enter.rest is None), None)
    if same is None or leaving.rest is not None or leaving.sizing is not None or leaving.when.kind == "const":
        return
    if same.fill == "this_close" or leaving.fill == "this_close" or len(entered) > 1:
        return
    context.reports.warning(
        "W608", "this exit has the condition of the entry: what was entered leaves when it holds again", leaving.span,
        notes=[Note("the entry is here", same.span)],
        help="an exit has a condition of its own, often the opposite of the entry's",
    )  # fmt: skip


# --- entries ---------------------------------------------------------------------------------------


def _again(context: Context, enters: Sequence[Enter], exits: Sequence[Exit]) -> None:
    """Two statements of one condition, of which the second finds the work done."""
    first: dict[tuple[str, str, str, int], Enter | Exit] = {}
    plain = [enter for enter in enters if not enter.scale and enter.rest is None and enter.ladder is None]
    whole = [leaving for leaving in exits if leaving.sizing is None and leaving.rest is None and not leaving.fill]
    orders: list[Enter | Exit] = [*plain, *whole]
    for order in orders:
        kind = "enter" if isinstance(order, Enter) else "exit"
        before = first.setdefault((kind, order.side, order.symbol, order.when.id), order)
        if before is order or (isinstance(order, Enter) and isinstance(before, Enter) and order.fill != before.fill):
            continue
        what = "a further lot is added by `scale 1`; a part of one leaves at its own level: `take 50% at 2%`"
        done = "a position is open then, and none is added" if kind == "enter" else "nothing is left to close"
        context.reports.warning(
            "W609", f"this {kind} does nothing more: the one before has its condition, and {done}", order.span,
            notes=[Note("the first is here", before.span)],
            help=what if kind == "enter" else "one of the two is enough",
        )  # fmt: skip


def _too_large(
    context: Context, enters: Sequence[Enter], guards: Sequence[Guard], assumed: Mapping[str, str],
    sized: Collection[Span],
) -> None:  # fmt: skip
    """`size 200%` where 100 % may be held, `scale 3` of lots that have taken all there is."""
    allowed, by = room(context, of_account(guards), assumed)
    for enter in enters if allowed else ():
        least = _least(context, [enter.sizing.value, *([enter.cap] if enter.cap is not None else [])])
        lots = len(enter.rungs) * (1 + enter.scale)
        said = enter.span in sized or lots > 1  # all that is allowed, where nothing says how much
        if enter.sizing.kind != "fraction" or least is None or not said or least * lots <= allowed + _SLACK:
            continue
        of = "this size comes" if lots == 1 else f"{lots} lots of {least:.0%} come"
        so = {"": "", "implied": ": without a `guard exposure` it is 100%"}.get(by, f": so says {by}")
        context.reports.warning(
            "W705", f"{of} to {least * lots:.0%} of equity, more than the {allowed:.0%} that may be held", enter.span,
            notes=[("what is too much is cut" if lots == 1 else "the last are cut, or denied") + so],
            help=f"make it smaller, `size {100.0 * allowed / lots // 1:g}%`, or allow more: `guard exposure "
                 f"{least * lots:.0%}`" + (" and a margin for it" if by not in ("", "implied") else ""),
        )  # fmt: skip


def _least(context: Context, sizes: Sequence[Node]) -> float | None:
    """What a size comes to at least, whatever the parameters; None where bars decide."""
    least = [bounds(size, context.param_ranges)[0] for size in sizes]
    return min(least) if all(0.0 < each < float("inf") for each in least) else None
