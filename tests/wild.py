"""Random typed programs, made node by node: every kind of node, every operator, samples of every mode, statements."""

from __future__ import annotations

from random import Random

from stratagem.lang.diagnostics.span import NOWHERE
from stratagem.lang.program.nodes import BASE, BOOL, NUMBER, Clock, Node
from stratagem.lang.program.program import Alert, Emit, Enter, Exit, Move, Program, Rest, Sizing, Take, Template
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.trading.phases import READS
from stratagem.stdlib.operator import BOOL as BOOL_KIND
from stratagem.stdlib.operator import COUNT, REGISTRY, Operator
from stratagem.stdlib.primitives import PRIMITIVES

from .handmade import Maker

FRAMES = ("30m", "1h", "4h", "1d", "1w")
PRICES = ("open", "high", "low", "close", "volume")
FIELDS = ("time", "year", "month", "day", "weekday", "hour", "minute", "bar_index", "decision_minute")
ZONES = ("", "America/New_York")
MODES = ("closed", "event", "forming")


class Wild:
    """Draws one program. On a clock every value is of that clock; `make` keeps equal nodes one."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.make = Maker()
        self.cells = 0
        self.lengths = [self.make.param("n0", 3, 1, 9), self.make.param("n1", 5, 1, 9)]

    def one(self, choices):  # type: ignore[no-untyped-def]
        return choices[self.random.randrange(len(choices))]

    # --- values ------------------------------------------------------------------------------------

    def value(self, kind: str, depth: int, clock: Clock = BASE) -> Node:
        return self.number(depth, clock) if kind == NUMBER else self.boolean(depth, clock)

    def number(self, depth: int, clock: Clock = BASE) -> Node:
        if depth <= 0:
            return self.leaf(clock)
        draw = self.random.randrange(10)
        if draw < 3:
            return self.pure(NUMBER, depth, clock)
        if draw < 6:
            return self.step(NUMBER, depth, clock)
        if draw == 6:
            return self.cell(NUMBER, depth, clock)
        if draw == 7 and (sampled := self.sample(NUMBER, depth, clock)):
            return sampled
        return self.leaf(clock)

    def leaf(self, clock: Clock) -> Node:
        draw = self.random.randrange(10)
        if draw < 6:
            return self.make.input(self.one(PRICES), clock)
        if draw == 6:
            return self.make.calendar(self.one(FIELDS), self.one(ZONES), clock)
        if draw == 7:
            return self.make.node(self.one([0.0, 1.0, -2.5, 100.0, 1e299, float("nan")]))
        if clock is BASE and draw == 8:
            numbers = [name for name, read in READS.items() if read.result == NUMBER]
            return self.make.book(self.one(numbers))
        return self.make.input("column:own") if clock is BASE else self.make.input("close", clock)

    def boolean(self, depth: int, clock: Clock = BASE) -> Node:
        if depth <= 0:
            names = ("gt", "le", "ne")
            return self.make.pure(self.one(names), self.make.input("close", clock), self.make.input("open", clock))
        draw = self.random.randrange(10)
        if draw < 4:
            return self.pure(BOOL, depth, clock)
        if draw < 7:
            return self.step(BOOL, depth, clock)
        if draw == 7:
            return self.cell(BOOL, depth, clock)
        if draw == 8 and (sampled := self.sample(BOOL, depth, clock)):
            return sampled
        if clock is BASE:
            return self.one([self.make.closes(self.one(FRAMES)), self.make.book("position.long", BOOL)])
        return self.boolean(0, clock)

    def pure(self, kind: str, depth: int, clock: Clock) -> Node:
        rows = [row for row in PRIMITIVES.values() if row.result == kind]
        row = self.one(rows)
        operands = [self.value(operand, depth - 1, clock) for operand in row.operands]
        if all(operand.clock is None for operand in operands):
            return self.value(kind, 0, clock)
        return self.make.pure(row.name, *operands)

    def step(self, kind: str, depth: int, clock: Clock) -> Node:
        wanted = "Bool" if kind == BOOL else "Number"
        operator: Operator = self.one([o for o in REGISTRY.values() if o.result == wanted])
        operands = [self.argument(argument.kind, depth, clock) for argument in operator.arguments]
        if all(operand.clock is None for operand in operands):
            return self.value(kind, 0, clock)
        step = self.make.step(operator.name, *operands, clock=clock)
        if operator.outputs and self.random.randrange(2):
            return self.make.output(step, self.one(sorted(operator.outputs)))
        return step

    def argument(self, kind: str, depth: int, clock: Clock) -> Node:
        if kind == COUNT:
            return self.one(self.lengths) if self.random.randrange(2) else self.make.node(float(self.one([1, 2, 3, 8])))
        return self.boolean(depth - 1, clock) if kind == BOOL_KIND else self.number(depth - 1, clock)

    def cell(self, kind: str, depth: int, clock: Clock) -> Node:
        """A state that reads its last value, and perhaps that of the bar before."""
        path = f"s{self.cells}"
        self.cells += 1
        read = self.make.lagged if self.random.randrange(3) == 0 else self.make.previous
        before = read(path, kind, clock)
        other = self.value(kind, depth - 1, clock)
        if kind == NUMBER:
            update = self.make.pure("select", self.boolean(depth - 1, clock), before, other)
        else:
            update = self.make.pure("bne", before, other)
        init = self.value(kind, 0, clock)
        return self.make.cell(path, init, update, clock)

    def sample(self, kind: str, depth: int, clock: Clock) -> Node | None:
        """A value of a coarser clock; on a higher clock only completed ones."""
        seconds = 0 if clock is BASE else clock.seconds  # type: ignore[union-attr]
        frames = [frame for frame in map(timeframe, FRAMES) if frame.seconds > seconds]
        if not frames:
            return None
        inner = self.value(kind, depth - 1, self.one(frames))
        if inner.clock is None or inner.clock == clock:
            return None
        return self.make.sample(inner, self.one(MODES) if clock is BASE else "closed", clock)

    # --- statements ----------------------------------------------------------------------------------

    def enter(self, side: str, depth: int) -> Enter:
        kind, size = self.one([("units", 3.0), ("cash", 900.0), ("fraction", 0.3)])
        below = -1.0 if side == "long" else 1.0
        clauses: dict[str, object] = {"sizing": Sizing(kind, self.make.node(size)), "scale": self.random.randrange(3)}
        if self.random.randrange(2):
            clauses["stop"] = self.make.affine(below * 0.4, 1.0)
            clauses["target"] = self.make.affine(0.0, 1.0 - below * 0.006)
        if self.random.randrange(4) == 0:
            clauses["trail"] = self.make.affine(self.make.pure("abs", self.number(1)), 0.0)
        if self.random.randrange(3) == 0:
            clauses |= {"expire": self.make.node(float(self.one([2, 5]))), "expire_kind": "bars"}
        elif self.random.randrange(3) == 0:
            clauses["expire_kind"] = self.one(["next_open", "day"])
        if self.random.randrange(2):
            clauses["rest"] = self.rest(side == "long")
        elif self.random.randrange(3) == 0:
            clauses["fill"] = "this_close"
        clauses |= self.levels_that_move(-below, trailed="trail" in clauses)
        clauses["because"] = Template(("at ", self.number(1), " and ", self.boolean(1)))
        return self.make.enter(side, self.boolean(depth), **clauses)

    def rest(self, buys: bool) -> Rest:
        """A limit, a trigger or both, near the close and at times beyond it; a life of each kind."""
        close, away = self.make.input("close"), 1.0 if buys else -1.0
        kind = self.random.randrange(3)
        limit = self.make.pure("sub", close, self.make.node(away * self.one([0.3, -0.1]))) if kind != 1 else None
        trigger = self.make.pure("add", close, self.make.node(away * self.one([0.2, -0.1]))) if kind else None
        life = self.one(["", "bars", "seconds", "day", "open"])
        lasting = {"bars": [1, 4], "seconds": [900, 7200]}.get(life)
        until = self.boolean(1) if life == "open" or self.random.randrange(3) == 0 else None
        return Rest(limit, trigger, self.make.node(float(self.one(lasting))) if lasting else None, life, until)

    def levels_that_move(self, gain: float, *, trailed: bool) -> dict[str, object]:
        """What leaves in part, stops that begin to work at a level, a trail that does. gain: 1 long, -1 short."""
        clauses: dict[str, object] = {}
        if self.random.randrange(3) == 0:
            shares = [self.make.node(self.one([0.25, 0.5])) for _ in range(1 + self.random.randrange(3))]
            clauses["takes"] = tuple(
                Take(share, self.make.affine(gain * 0.2 * i, 1.0)) for i, share in enumerate(shares, 1)
            )
        if self.random.randrange(3) == 0:
            moves = range(1 + self.random.randrange(2))
            clauses["moves"] = tuple(
                Move(self.make.affine(gain * 0.2 * i, 1.0), self.make.affine(gain * 0.3 * (i + 1), 1.0)) for i in moves
            )
        if trailed and self.random.randrange(2):
            clauses["trail_after"] = self.make.affine(gain * 0.3, 1.0)
        return clauses

    def exit(self, side: str, depth: int) -> Exit:
        if self.random.randrange(3) == 0:
            return self.make.exit(side, self.boolean(depth), sizing=Sizing("units", self.make.node(1.0)), once=True)
        rest = self.rest(side == "short") if self.random.randrange(3) == 0 else None
        return self.make.exit(side, self.boolean(depth), rest=rest)

    def program(self, depth: int = 3) -> tuple[Program, list[tuple[str, Node]]]:
        """A program that trades, and series of it to hand out."""
        statements: list[Enter | Exit] = []
        for side in ("long", "short"):
            statements += [self.enter(side, depth) for _ in range(1 + self.random.randrange(2))]
            statements.append(self.exit(side, depth))
        outputs = [(f"a{i}", self.number(depth)) for i in range(3)] + [(f"b{i}", self.boolean(depth)) for i in range(2)]
        emit = Emit("signal", self.boolean(2), NOWHERE)
        message = Template((self.number(1), " now"))
        alert = Alert(0, self.boolean(2), message, NOWHERE)
        return self.make.program(*statements, emits=(emit,), alerts=(alert,)), outputs


def wild(seed: int | Random, depth: int = 3) -> tuple[Program, list[tuple[str, Node]]]:
    """A random program with its outputs."""
    return Wild(seed if isinstance(seed, Random) else Random(seed)).program(depth)
