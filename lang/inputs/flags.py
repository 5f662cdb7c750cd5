"""True and False, which are numbers to Python and to numpy and none to anybody who wrote them."""

from __future__ import annotations


def is_flag(value: object) -> bool:
    """Whether a value is True or False, numpy's too."""
    return isinstance(value, bool) or type(value).__name__ in ("bool", "bool_")
