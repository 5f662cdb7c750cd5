"""Numbers of bars that are known only when the parameters are: `length - 1` as a formula.

An operator's warm-up is an ordinary function of its counts. It is run once with `Count`s in their place and
leaves the formula behind, which the host evaluates for each set of parameters (`value`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .model import Formula

LARGEST = 2000
"""Parts of a formula; one that is made of others has all of theirs, however often it has them."""


class FormulaTooLarge(Exception):
    """A number of bars depends on the parameters in more ways than a plan can say."""


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number: known now (`form` is an int), or a formula over slots of the stage, of so many parts."""

    form: Formula
    size: int = field(default=1, compare=False)

    def __post_init__(self) -> None:
        if self.size > LARGEST:
            raise FormulaTooLarge

    def __add__(self, other: Count | int) -> Count:
        return _joined("+", self, as_count(other))

    def __sub__(self, other: Count | int) -> Count:
        return _joined("-", self, as_count(other))

    def __mul__(self, other: Count | int) -> Count:
        return _joined("*", self, as_count(other))

    def __radd__(self, other: int) -> Count:
        return as_count(other) + self

    def __rsub__(self, other: int) -> Count:
        return as_count(other) - self

    def __rmul__(self, other: int) -> Count:
        return as_count(other) * self


def as_count(value: Count | int) -> Count:
    return value if isinstance(value, Count) else Count(value)


def slot(number: int) -> Count:
    """The whole number in a slot of the stage."""
    return Count(("slot", number))


def most(*counts: Count | int) -> Count:
    """The largest of some counts; what is known is compared now, equal formulas are one."""
    known = [c for c in map(as_count, counts) if isinstance(c.form, int)]
    open_ones = list(dict.fromkeys(c for c in map(as_count, counts) if not isinstance(c.form, int)))
    if known:
        greatest = max(int(c.form) for c in known)  # type: ignore[arg-type]
        if greatest >= 0 or not open_ones:
            open_ones.append(Count(greatest))
    if len(open_ones) == 1:
        return open_ones[0]
    return Count(("max", *(c.form for c in open_ones)), 1 + sum(c.size for c in open_ones))


def _joined(sign: str, left: Count, right: Count) -> Count:
    a, b = left.form, right.form
    if isinstance(a, int) and isinstance(b, int):
        return Count(a + b if sign == "+" else a - b if sign == "-" else a * b)
    if sign in "+-" and b == 0:
        return left
    if sign in "+-" and isinstance(b, int) and isinstance(a, tuple) and a[0] in ("+", "-") and isinstance(a[2], int):
        total = (a[2] if a[0] == "+" else -a[2]) + (b if sign == "+" else -b)  # (n - 1) + 1 is n again
        inner = Count(a[1], left.size - 2)  # type: ignore[arg-type]
        form = ("+", inner.form, total) if total > 0 else ("-", inner.form, -total)
        return inner if total == 0 else Count(form, left.size)
    if sign == "+" and a == 0:
        return right
    return Count((sign, a, b), 1 + left.size + right.size)


def value(form: Formula, stage: Sequence[float]) -> int:
    """The number a formula stands for, given the values of the stage. A missing count is taken as 0."""
    if isinstance(form, int):
        return form
    head = form[0]
    if head == "slot":
        held = stage[form[1]]  # type: ignore[call-overload]
        return int(held) if held == held else 0
    parts: list[int] = [value(part, stage) for part in form[1:]]  # type: ignore[arg-type]
    if head == "max":
        return max(parts)
    left, right = parts
    return left + right if head == "+" else left - right if head == "-" else left * right
