"""Programs made by hand, node by node: what the plan and the engines are tested with, without parser or elaborator."""

from __future__ import annotations

from dataclasses import replace

import stratagem.stdlib.operators  # noqa: F401 (fills the registry)
from stratagem.lang.diagnostics.span import NOWHERE
from stratagem.lang.program.nodes import BASE, BOOL, NUMBER, Binding, Clock, Graph, Node
from stratagem.lang.program.program import Affine, Enter, Exit, Param, Program, Sizing
from stratagem.lang.program.timeframe import timeframe
from stratagem.lang.program.units import Unit
from stratagem.stdlib.operator import BOOL as BOOL_RESULT
from stratagem.stdlib.operator import REGISTRY
from stratagem.stdlib.primitives import PRIMITIVES

Operand = Node | float | bool


class Maker:
    """Writes nodes shortly: `make.step("sma", make.close, 20)`."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.params: list[Param] = []
        self.cells: dict[str, Node] = {}

    def node(self, given: Operand) -> Node:
        return given if isinstance(given, Node) else self.graph.constant(given)

    def input(self, name: str, clock: Clock = BASE) -> Node:
        kind = "input" if clock is BASE else "bar"
        return self.graph.node(kind, (), (name,), clock=clock)

    @property
    def close(self) -> Node:
        return self.input("close")

    def param(self, name: str, default: float | bool, low: float | None = None, high: float | None = None) -> Node:
        whole = not isinstance(default, bool) and float(default).is_integer()
        self.params.append(Param(name, default, whole, Unit.PLAIN, low, high, None, (), NOWHERE))
        kind = BOOL if isinstance(default, bool) else NUMBER
        return self.graph.node("param", (), (name, whole), type=kind, binding=Binding.PARAM, clock=None)

    def pure(self, name: str, *operands: Operand) -> Node:
        args = tuple(map(self.node, operands))
        clock = next((a.clock for a in args if a.clock is not None), None)
        binding = max(a.binding for a in args)
        return self.graph.node("pure", args, (name,), type=PRIMITIVES[name].result, binding=binding, clock=clock)

    def step(self, name: str, *operands: Operand, clock: Clock = BASE) -> Node:
        args = tuple(map(self.node, operands))
        where = next((a.clock for a in args if a.clock is not None), clock)
        kind = BOOL if REGISTRY[name].result == BOOL_RESULT else NUMBER
        return self.graph.node("step", args, (name,), type=kind, clock=where)

    def output(self, step: Node, name: str) -> Node:
        return self.graph.node("output", (step,), (REGISTRY[step.name].outputs[name],), clock=step.clock)

    def sample(self, node: Node, mode: str = "closed", clock: Clock = BASE) -> Node:
        return self.graph.node("sample", (node,), (mode,), type=node.type, clock=clock)

    def closes(self, frame: str) -> Node:
        return self.graph.node("closes", (), (timeframe(frame),), type=BOOL)

    def calendar(self, field: str, zone: str = "", clock: Clock = BASE) -> Node:
        return self.graph.node("calendar", (), (field, zone), clock=clock)

    def book(self, field: str, type: str = NUMBER) -> Node:
        return self.graph.node("book", (), (field,), type=type)

    def previous(self, path: str, type: str = NUMBER, clock: Clock = BASE) -> Node:
        return self.graph.node("previous", (), (path,), type=type, clock=clock)

    def lagged(self, path: str, type: str = NUMBER, clock: Clock = BASE) -> Node:
        return self.graph.node("lagged", (), (path,), type=type, clock=clock)

    def cell(self, path: str, init: Operand, update: Node, clock: Clock = BASE) -> Node:
        made = self.graph.node("cell", (self.node(init), update), (path,), type=update.type, clock=clock)
        self.cells[path] = made
        return made

    def enter(self, side: str, when: Node, units: Operand = 1.0, **clauses: object) -> Enter:
        sizing = Sizing("units", self.node(units))
        made = Enter(
            0, side, when, sizing, None, None, None, None, None, "", 0, "", None, (when, sizing.value), NOWHERE
        )
        made = replace(made, **clauses)  # type: ignore[arg-type]
        levels = (made.stop, made.target, made.trail, made.trail_after, made.rest, *made.takes, *made.moves)
        return replace(made, reads=(*made.reads, *(n for each in levels if each for n in each.nodes)))

    def exit(self, side: str, when: Node, **clauses: object) -> Exit:
        made = replace(Exit(0, side, when, None, False, "", None, (when,), NOWHERE), **clauses)  # type: ignore[arg-type]
        return replace(made, reads=(*made.reads, *(made.rest.nodes if made.rest else ())))

    def affine(self, base: Operand, slope: Operand = 0.0) -> Affine:
        return Affine(self.node(base), self.node(slope), self.node(slope))

    def program(self, *statements: Enter | Exit, **parts: object) -> Program:
        numbered = [replace(s, index=i) for i, s in enumerate(statements)]
        empty = Program(
            "handmade", "0" * 64, (), None, {}, tuple(self.params), (), (), (), (), (), (), (), {}, self.cells
        )
        return replace(
            empty,
            enters=tuple(s for s in numbered if isinstance(s, Enter)),
            exits=tuple(s for s in numbered if isinstance(s, Exit)),
            **parts,
        )  # type: ignore[arg-type]


def crossing(make: Maker) -> tuple[Node, Node]:
    """SMA 10 crosses SMA 50: upward, downward."""
    fast, slow = make.step("sma", make.close, 10.0), make.step("sma", make.close, 50.0)
    return make.step("cross_above", fast, slow), make.step("cross_below", fast, slow)


def w1() -> Program:
    """SMA 10/50 cross, long only, next open."""
    make = Maker()
    up, down = crossing(make)
    return make.program(make.enter("long", up), make.exit("long", down))


def w2() -> Program:
    """EMA 20/50 filter and RSI 14 below 40; 2 ATR stop, 3 ATR target."""
    make = Maker()
    close = make.close
    atr = make.step("rma", true_range(make), 14.0)
    up = make.pure("gt", make.step("ema", close, 20.0), make.step("ema", close, 50.0))
    when = make.pure("and", up, make.pure("lt", rsi(make, close, 14.0), 40.0))
    stop = make.affine(make.pure("sub", close, make.pure("mul", 2.0, atr)))
    target = make.affine(make.pure("add", close, make.pure("mul", 3.0, atr)))
    return make.program(make.enter("long", when, stop=stop, target=target))


def w4() -> Program:
    """W1 while the close is above the EMA 50 of completed hours."""
    make = Maker()
    up, down = crossing(make)
    hour = timeframe("1h")
    trend = make.sample(make.step("ema", make.input("close", hour), 50.0, clock=hour))
    return make.program(
        make.enter("long", make.pure("and", up, make.pure("gt", make.close, trend))), make.exit("long", down)
    )


def rsi(make: Maker, source: Node, length: float) -> Node:
    """Wilder's relative strength index."""
    change = make.pure("sub", source, make.step("history", source, 1.0))
    up = make.step("rma", make.pure("max", change, 0.0), length)
    down = make.step("rma", make.pure("max", make.pure("neg", change), 0.0), length)
    return make.pure("mul", 100.0, make.pure("div", up, make.pure("add", up, down)))


def true_range(make: Maker) -> Node:
    """The first one is high - low."""
    high, low, before = make.input("high"), make.input("low"), make.step("history", make.close, 1.0)
    spread = make.pure("sub", high, low)
    above = make.pure("abs", make.pure("sub", high, before))
    below = make.pure("abs", make.pure("sub", low, before))
    widest = make.pure("max", spread, make.pure("max", above, below))
    return make.pure("select", make.pure("is_na", before), spread, widest)
