"""Conditions that a row of a sweep must meet to be ranked: `trades >= 30`, `max_drawdown < 20%`, `fast != 10`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ...lang.diagnostics.suggest import nearest
from ...lang.words.amounts import LEVERAGED, SHARES, as_shares, read_amount
from ..errors import UsageFault
from ..given import brief
from ..results.metrics.definitions import DEFINITIONS, Value

Test = Callable[[float, float], bool]
_TESTS: dict[str, Test] = {
    ">=": operator.ge, "<=": operator.le, "!=": operator.ne, "==": operator.eq, ">": operator.gt, "<": operator.lt,
    "=": operator.eq,
}  # fmt: skip
_LONGEST = 200
"""Characters of a condition."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`name` is a statistic or a swept parameter; `text` is what was written."""

    name: str
    test: Test
    bound: float
    text: str

    def holds(self, value: Value) -> bool:
        """A value without a meaning in its run, such as the win rate of no trades, meets no condition."""
        return value is not None and self.test(float(value), self.bound)


def conditions(given: Iterable[str], swept: Sequence[str]) -> tuple[Condition, ...]:
    """The conditions of texts; UsageFault says which cannot be read."""
    if isinstance(given, str):
        given = [given]
    return tuple(_condition(text, swept) for text in given)


def _condition(text: object, swept: Sequence[str]) -> Condition:
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise UsageFault(f"a condition is a text such as 'trades >= 30', found {brief(text)}")
    sign = next((sign for sign in _TESTS if sign in text), "")
    if turned := next((turned for turned in ("=>", "=<") if turned in text), ""):
        raise UsageFault(f"{text!r}: `{turned}` is written `{turned[::-1]}`")
    name, _, bound = (part.strip() for part in text.partition(sign)) if sign else (text, "", "")
    if not sign or not name or not bound:
        raise UsageFault(f"expected NAME>=NUMBER, as in 'trades>=30' or 'max_drawdown<20%', found {text!r}")
    if name not in DEFINITIONS and name not in swept:
        known = [*DEFINITIONS, *swept]
        close = nearest(name, known)
        there = f"did you mean {close!r}?" if close else f"there are {', '.join(known)}"
        raise UsageFault(f"{text!r}: no statistic and no swept parameter is called {name!r}: {there}")
    statistic = name not in swept
    share = statistic and DEFINITIONS[name].unit == "ratio"
    return Condition(name, _TESTS[sign], _bound(bound, text, share=share, any_unit=not statistic), text)


def _bound(text: str, whole: str, *, share: bool, any_unit: bool) -> float:
    """A number after the sign. A parameter may be in bars or last some hours, a statistic is a number or a share."""
    amount = read_amount(text)
    if amount is None or not (any_unit or amount.unit in ("", *SHARES)):
        raise UsageFault(f"{whole!r}: expected a number or a percentage after the sign, found {text!r}")
    if share and not amount.unit and amount.value:
        meant = " or ".join(as_shares(amount.value, LEVERAGED)) or "2%"
        raise UsageFault(f"{whole!r}: this is a ratio: write {meant}, not {text}")
    return amount.value
