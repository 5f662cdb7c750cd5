"""Money of an account that several symbols share: what decides that it comes or goes is of no symbol alone."""

from __future__ import annotations

from collections.abc import Iterator

from .crossings import is_leveled
from .nodes import BASE, Node, walk
from .program import Flow, Program

OF_ACCOUNT = frozenset(
    "equity cash deposited withdrawn drawdown exposure.gross exposure.net exposure.long exposure.short pnl.day "
    "pnl.total margin.used margin.free margin.use".split()
)
"""Readings of the books that are the same for every symbol."""
_FOR_ALL = frozenset("total average any all count".split())


def foreign(program: Program) -> Iterator[tuple[Flow, str, str]]:
    """Each flow that reads what is one symbol's own: what is wrong with it, and the way on."""
    symbol = next(iter((*program.symbols, *program.watches)), "SPY")
    for flow in program.flows:
        roots = (flow.when, flow.sizing.value)
        nodes = walk(roots, dict(program.cells), below=lambda node: () if is_leveled(node) else node.args)
        own = next(filter(None, map(_own, nodes)), None)
        if own is not None:
            name, whose = own
            yield flow, f"`{flow.word}` is of the account of all symbols: `{name}` is each symbol's own", (
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
