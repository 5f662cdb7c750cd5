"""The higher timeframes in generated Python: the growing bar, the block of a completed one, the peek.

For clock c: `zC` says whether this event completed a bar of it, `uC` whether this very bar did (the other way is
that the bar before ended in a gap). Its block is a function, because it is called from both places.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...lang.plan.model import COUNT, END, GIVEN, GROWING, Clock, Field, Forming, Hold, Plan
from ...lang.plan.operands import BOOL, leaving_clock
from .expressions import Expressions
from .writer import Writer

_MERGED = {
    "open": ("if f[{s}] != f[{s}]: f[{s}] = {x}",),
    "high": ("t = f[{s}]", "if {x} > t or t != t: f[{s}] = {x}"),
    "low": ("t = f[{s}]", "if {x} < t or t != t: f[{s}] = {x}"),
    "close": ("if {x} == {x}: f[{s}] = {x}",),
    "volume": ("t = f[{s}]", "if {x} == {x}: f[{s}] = finite(t + {x}) if t == t else {x}"),
}
"""How a base bar joins the growing one: what is missing is passed over. Calendar fields stay as they began."""


def define(writer: Writer, plan: Plan) -> None:
    """A function per clock that runs its block; `close` runs those that are due, in order."""
    for place, clock in enumerate(plan.clocks):
        with writer.block(f"def close_{place}():"):
            writer.line(f"k[{clock.at + GROWING}] = 0")
            writer.line(f"k[{clock.at + COUNT}] += 1")
            block = Expressions(writer, plan, place)
            block.count()
            block.write(clock.ops, leaving_clock(clock))
            _hold(writer, block, clock.holds)
            block.commit(clock.commits)
    if len(plan.clocks) > 1:
        _define_order(writer, plan.clocks)


def _define_order(writer: Writer, clocks: Sequence[Clock]) -> None:
    """The bar that ended first closes first; of bars that ended together, the coarser."""
    with writer.block("def close(*due):"):
        ends = ", ".join(f"(k[{clock.at + END}], {c}, close_{c})" for c, clock in enumerate(clocks))
        with writer.block(f"for _, c, step in sorted(({ends})):"):
            writer.line("if due[c]: step()")


def _hold(writer: Writer, block: Expressions, holds: Sequence[Hold]) -> None:
    for hold in holds:
        text = block.name(hold.value, hold.type)
        writer.line(f"k[{hold.slot}] = 1 if {text} else 0" if hold.type == BOOL else f"f[{hold.slot}] = {text}")


def advance(writer: Writer, plan: Plan) -> None:
    """The lines of one event: gaps, merging, completed bars, peeks."""
    clocks = plan.clocks
    if not clocks:
        return
    for field in (field for clock in clocks for field in clock.fields if field.name.startswith(GIVEN)):
        writer.line(_begin(field))
    close_time = f"x{plan.column('close_time')}"
    for c, clock in enumerate(clocks):
        writer.line(f"z{c} = k[{clock.at + GROWING}] and k[{clock.at + END}] != x{clock.end}")
    _close_due(writer, "z", len(clocks))
    for clock in clocks:
        _merge(writer, clock)
    for c, clock in enumerate(clocks):
        writer.line(f"u{c} = {close_time} >= x{clock.end}")
    _close_due(writer, "u", len(clocks))
    for c in range(len(clocks)):
        writer.line(f"z{c} = z{c} or u{c}")
        _peek(writer, plan, c)


def _close_due(writer: Writer, flag: str, count: int) -> None:
    flags = [f"{flag}{c}" for c in range(count)]
    call = "close_0()" if count == 1 else f"close({', '.join(flags)})"
    writer.line(f"if {' or '.join(flags)}: {call}")


def _merge(writer: Writer, clock: Clock) -> None:
    with writer.block(f"if k[{clock.at + GROWING}]:"):
        for field in clock.fields:
            for line in _MERGED.get(field.name, ()):
                writer.line(line.format(s=field.slot, x=f"x{field.column}"))
    with writer.block("else:"):
        writer.line(f"k[{clock.at + GROWING}] = 1")
        writer.line(f"k[{clock.at + END}] = x{clock.end}")
        for field in clock.fields:
            writer.line(_begin(field))


def _begin(field: Field) -> str:
    return f"f[{field.slot}] = x{field.column}"


def _peek(writer: Writer, plan: Plan, place: int) -> None:
    clock = plan.clocks[place]
    if not clock.forming:
        return
    with writer.block(f"if u{place}:"):
        for sample in clock.forming:
            writer.line(f"v{sample.id} = {'k' if sample.type == BOOL else 'f'}[{sample.slot}]")
    with writer.block("else:"):
        for copy in clock.copies:
            target, source = (f"{copy.array}[{at}:{at + copy.count}]" for at in (copy.target, copy.source))
            writer.line(f"{target} = {source}")
        block = Expressions(writer, plan, place, peek=True)
        block.write(clock.peek, [sample.peeked for sample in clock.forming])
        for sample in clock.forming:
            writer.line(_formed(block, sample))


def _formed(block: Expressions, sample: Forming) -> str:
    return f"v{sample.id} = {block.name(sample.peeked, sample.type)}"
