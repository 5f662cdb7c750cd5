"""Arguments that go without saying: flags that are what they are unless somebody says otherwise."""

from __future__ import annotations

from ...stdlib.operator import BOOL, COUNT, find_operator
from ..program.nodes import Node


def is_flag(node: Node) -> bool:
    return node.kind == "const" and isinstance(node.data[0], bool)


def is_default(function: str, name: str, node: Node) -> bool:
    """Whether a flag of a function is what it is unless said: false, but for these."""
    operator = find_operator(function)
    if operator is not None:
        argument = next(a for a in operator.arguments if a.name == name)
        if argument.kind == COUNT or argument.default is None or node.kind != "const":
            return False
        default = bool(argument.default) if argument.kind == BOOL else float(argument.default)
        return bool(node.data[0] == default) and isinstance(node.data[0], bool) == isinstance(default, bool)
    return is_flag(node) and node.data[0] is ((function, name) in _TRUE)


_TRUE = {("atr", "first"), ("tr", "first"), ("kc", "true_range"), ("kcw", "true_range")}
"""Flags of the library that are true unless said otherwise."""
