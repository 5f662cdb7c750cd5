"""What the language makes of several nodes and people say in a word: parts of the day."""

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
