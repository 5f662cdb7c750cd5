"""What the language makes of several nodes and people say in a word: parts of the day, beginnings of periods."""

from __future__ import annotations

from ..program.nodes import Node
from .amounts import clock_time


def span_of_day(node: Node) -> str:
    """`between("09:30", "16:00")` in words; "" of any other node."""
    if node.kind != "pure" or node.name not in ("and", "or"):
        return ""
    after, before = node.args
    if (after.name, before.name) != ("ge", "lt") or after.args[0] is not before.args[0]:
        return ""
    minute = after.args[0]
    bounds = [bound.args[1] for bound in (after, before)]
    if minute.kind != "calendar" or minute.name != "decision_minute" or any(b.kind != "const" for b in bounds):
        return ""
    begin, end = (float(str(bound.data[0])) for bound in bounds)
    if (begin < end) is not (node.name == "and"):
        return ""
    zone = f" in {minute.data[1]}" if minute.data[1] else ""
    return f"the decision falls from {clock_time(begin)} to before {clock_time(end)}{zone}"


def new_period(node: Node) -> str:
    """The period of which `changed(…)` sees the first bar, as `new_week()` does; "" of any other node."""
    if node.kind != "step" or node.name != "changed":
        return ""
    of = node.args[0]
    if of.kind == "calendar" and of.name in ("day_number", "year"):
        return "day" if of.name == "day_number" else "year"
    shape = _shape(of)
    if shape == "floordiv(add(day_number, 3.0), 7.0)":
        return "week"
    return "month" if shape == "add(mul(year, 12.0), month)" else ""


def _shape(node: Node, depth: int = 3) -> str:
    """A calculation of facts of the calendar as a text; "" of anything else, or deeper."""
    if node.kind == "calendar":
        return node.name if not node.data[1] else ""
    if node.kind == "const":
        return str(node.data[0])
    inner = [_shape(arg, depth - 1) for arg in node.args] if node.kind == "pure" and depth else []
    return f"{node.name}({', '.join(inner)})" if all(inner) and inner else ""
