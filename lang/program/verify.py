"""The rules every typed program obeys; run between passes in tests, never needed by a user.

Each kind of node has one row: how many arguments it takes and what must be
true of it. A broken rule is a fault of the compiler, not of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...stdlib.operator import BOOL as BOOL_KIND
from ...stdlib.operator import COUNT, find_operator
from .nodes import BASE, BOOL, KINDS, NUMBER, Binding, Node, walk
from .program import Program
from .show import roots
from .timeframe import Timeframe


class BrokenProgram(AssertionError):
    """A node breaks a rule of the typed program: a fault of the compiler."""


def verify(program: Program) -> int:
    """Check every reachable node; the number of nodes checked. BrokenProgram names the first fault."""
    count = 0
    for node in walk(roots(program), dict(program.cells)):
        check(node, program.cells)
        count += 1
    for enter in program.enters:
        _require(enter.when.type == BOOL, enter.when, "the condition of an enter is a bool")
    return count


def check(node: Node, cells: Mapping[str, Node]) -> None:
    """Check one node against the row of its kind."""
    _require(node.kind in KINDS, node, "an unknown kind")
    _require(node.type in (NUMBER, BOOL), node, "a node is a number or a bool")
    series = node.binding is Binding.SERIES
    _require((node.clock is not None) == series, node, "exactly the series have a clock")
    _require(all(a.id < node.id for a in node.args), node, "arguments come before what reads them")
    _require(series or all(a.binding <= node.binding for a in node.args), node, "an argument is known later")
    if node.kind not in ("sample", "of", "across"):
        clocks = {a.clock for a in node.args if a.clock is not None}
        _require(clocks <= {node.clock}, node, "clocks are mixed without a sample")
    _ROWS[node.kind](node, cells)


def _require(holds: bool, node: Node, rule: str) -> None:
    if not holds:
        raise BrokenProgram(f"{rule}: {node!r}")


def _leaf(node: Node, cells: Mapping[str, Node]) -> None:
    _require(not node.args, node, "a leaf has no arguments")


def _base_leaf(node: Node, cells: Mapping[str, Node]) -> None:
    _leaf(node, cells)
    _require(node.clock is BASE, node, "it lives on the base clock")


def _bar(node: Node, cells: Mapping[str, Node]) -> None:
    _leaf(node, cells)
    _require(isinstance(node.clock, Timeframe), node, "a bar is of a higher clock")


def _pure(node: Node, cells: Mapping[str, Node]) -> None:
    _require(bool(node.args), node, "a pure function has operands")


def _step(node: Node, cells: Mapping[str, Node]) -> None:
    operator = find_operator(node.name)
    _require(operator is not None, node, "an unknown operator")
    assert operator is not None
    _require(len(node.args) == len(operator.arguments), node, "an operator takes all its arguments")
    for argument, given in zip(operator.arguments, node.args, strict=True):
        expected = BOOL if argument.kind == BOOL_KIND else NUMBER
        _require(given.type == expected, node, f"`{argument.name}` is a {expected}")
        if argument.kind == COUNT:
            _require(given.binding < Binding.SERIES, node, f"`{argument.name}` is known before the run")


def _output(node: Node, cells: Mapping[str, Node]) -> None:
    _require(len(node.args) == 1 and node.args[0].kind == "step", node, "an output is of a step")


def _cell(node: Node, cells: Mapping[str, Node]) -> None:
    _require(len(node.args) == 2, node, "a cell has an init and an update")
    _require(all(a.type == node.type for a in node.args), node, "a cell keeps one type")
    _require(cells.get(str(node.data[0])) is node, node, "a cell is listed under its path")


def _of_cell(node: Node, cells: Mapping[str, Node]) -> None:
    _leaf(node, cells)
    cell = cells.get(str(node.data[0]))
    _require(cell is not None and cell.type == node.type and cell.clock == node.clock, node, "it reads a cell")


def _sample(node: Node, cells: Mapping[str, Node]) -> None:
    _require(len(node.args) == 1 and isinstance(node.args[0].clock, Timeframe), node, "a sample reads a higher clock")
    _require(node.data[0] in ("closed", "event", "forming"), node, "a sample has a mode")


def _warm(node: Node, cells: Mapping[str, Node]) -> None:
    _require(bool(node.args) and node.type == BOOL, node, "a condition of what is to be warm")


def _crossing(node: Node, cells: Mapping[str, Node]) -> None:
    _require(bool(node.args) and node.args[0].binding is Binding.SERIES, node, "a crossing takes a series")
    _require(node.args[0].clock is BASE, node, "what a crossing takes is read on the base clock")
    _require(all(a.binding < Binding.SERIES for a in node.args[1:]), node, "a count is known before the run")


_ROWS: dict[str, Callable[[Node, Mapping[str, Node]], None]] = {
    "const": _leaf,
    "param": _leaf,
    "input": _base_leaf,
    "calendar": _leaf,
    "bar": _bar,
    "pure": _pure,
    "step": _step,
    "output": _output,
    "cell": _cell,
    "previous": _of_cell,
    "lagged": _of_cell,
    "sample": _sample,
    "closes": _base_leaf,
    "book": _base_leaf,
    "warm": _warm,
    "of": _crossing,
    "across": _crossing,
    "fresh": _base_leaf,
    "book_of": _base_leaf,
}
