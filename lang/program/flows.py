"""What is of an account that several symbols share, and of no symbol alone: what decides that money comes or goes, and
what guards read."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.span import Span
from .crossings import is_leveled
from .nodes import BASE, Node, walk
from .program import Program

OF_ACCOUNT = frozenset(
    "equity cash deposited withdrawn drawdown exposure.gross exposure.net exposure.long exposure.short pnl.day "
    "pnl.total margin.used margin.free margin.use".split()
)
"""Readings of the books that are the same for every symbol."""
_FOR_ALL = frozenset("total average any all count".split())


def foreign(program: Program) -> Iterator[tuple[Span, str, str]]:
    """Each flow, and each guard, that reads what is one symbol's own: where it stands, what is wrong, the way on."""
    symbol = next(iter((*program.symbols, *program.watches)), "SPY")
    asked: list[tuple[Span, str, tuple[Node, ...]]]
    asked = [(flow.span, flow.word, (flow.when, flow.sizing.value)) for flow in program.flows]
    asked += [(guard.span, f"guard {guard.name}", (guard.reading,)) for guard in program.guards if guard.reading]
    for span, word, roots in asked:
        nodes = walk(roots, dict(program.cells), below=lambda node: () if is_leveled(node) else node.args)
        own = next(filter(None, map(_own, nodes)), None)
        if own is not None:
            name, whose = own
            yield span, f"`{word}` is of the account of all symbols: `{name}` is each symbol's own", (
                f"say whose, `{whose.format(symbol=symbol)}`, or ask all of them: `average(…)`, `any(…)`"
            )  # fmt: skip


def _own(node: Node) -> tuple[str, str] | None:
    """What a node reads of one symbol alone, and how it is read of another; None where it is the same for all."""
    if node.kind == "input":
        name = node.name.removeprefix("column:")
        return name, f"{name} of {{symbol}}" if name == node.name else f'column "{name}" of {{symbol}}'
    if node.kind == "across":
        return None if node.name in _FOR_ALL and node.clock is BASE else (node.name, f"{node.name}(…) of {{symbol}}")
    if node.kind in ("bar", "sample", "closes") or (is_leveled(node) and node.clock is not BASE):
        return "@", "(close @ 1w) of {symbol}"
    if node.kind == "book" and node.name not in OF_ACCOUNT:
        return node.name, f"{node.name} of {{symbol}}"
    return None
