"""Why a run has no trades: how often each part of each condition held, counted by running once more; and what became
of what was ordered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..compiled.compiled import Compiled
from ..results.format import counted
from ..trading.rows import ORDER_REASON, ORDER_STATEMENT, ORDER_STATUS, REASONS, STATUSES
from .over_bars import node_columns
from .prepare import Prepared

if TYPE_CHECKING:
    from ..results.output import Floats
    from .approached import Nearest

SHORT = 20_000
"""Up to so many bars the interpreted engine is done before the native one would be compiled."""


def unheld(
    program: Compiled, prepared: Prepared, orders: Floats, engine: str, near: Mapping[int, Nearest]
) -> Iterator[str]:  # fmt: skip
    """For each `enter` of a run without trades what kept it. orders: rows of all that was ordered. near: how near the
    market came to those that rested, by their statement."""
    plan = program.plan
    enters = program.typed.enters
    parts = {f"{i}:{j}": node for i, enter in enumerate(enters) for j, (_, node) in enumerate(enter.parts)}
    wholes = {f"{i}": enter.when for i, enter in enumerate(enters)}
    chosen = engine if len(prepared.bars) > SHORT else "interpreted"
    found = node_columns(program.typed, prepared, chosen, parts | wholes)
    held = {name: int((column[prepared.first :] == 1.0).sum()) for name, column in found.items()}
    statements = [each for each in plan.of_text if each.action == "enter"]
    for index, (enter, decision) in enumerate(zip(enters, statements, strict=True)):
        owner, first = orders[:, ORDER_STATEMENT], decision.index
        of_it = orders[(owner >= first) & (owner < first + decision.places)]
        ended = f"{fates(of_it)}{rested(near.get(first))}"
        texts, bars = [text for text, _ in enter.parts], counted(len(prepared.bars) - prepared.first, "bar")
        each = [held[f"{index}:{at}"] for at in range(len(texts))]
        yield f"no trades: `enter {enter.side}`: of {bars}, {parts_held(texts, each, held[str(index)])}{ended}"


def parts_held(texts: Sequence[str], held: Sequence[int], whole: int) -> str:
    """`a` held on 12, `b` on 1,870, all of them on 0."""
    each = [f"`{text}` on {count:,}" for text, count in zip(texts, held, strict=True)]
    each += [f"all of them on {whole:,}"] * (len(each) > 1)
    return ", ".join(each).replace("` on ", "` held on ", 1)


def rested(near: Nearest | None) -> str:
    """`; on 3,000 bars the market came no nearer than …`: of orders that rested and never filled."""
    way = near.text() if near is not None else ""
    return f"; on the {counted(near.bars, 'bar')} on which they rested {way}" if near is not None and way else ""


def fates(orders: Floats) -> str:
    """`; denied 15 times (positions)`: how often orders came to each end, and why, as the orders' table calls it."""
    found = Counter((int(row[ORDER_STATUS]), int(row[ORDER_REASON])) for row in orders)
    told = ""
    for status, name in enumerate(STATUSES):
        why = {REASONS[reason].replace("_", " "): count for (at, reason), count in found.items() if at == status}
        counts = sorted(why.items(), key=lambda item: (-item[1], item[0]))
        if why:
            each = [reason if len(why) == 1 else f"{reason} {count:,}" for reason, count in counts]
            reasons = f" ({', '.join(each)})" if any(why) else ""  # a life that was over has none
            told += f"; {name} {counted(sum(why.values()), 'time')}{reasons}"
    return told
