"""Beginnings of periods, which the language makes of several nodes and people say in a word."""

from __future__ import annotations

from .nodes import Node


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
