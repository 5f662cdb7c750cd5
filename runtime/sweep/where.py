"""Conditions that a row of a sweep must meet to be ranked: `trades >= 30`, `max_drawdown < 20%`, `fast != 10`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.suggest import nearest
from ...lang.inputs.parameters import read
from ...lang.plan.model import Parameter
from ...lang.words.amounts import LARGEST, LEVERAGED, SHARES, as_shares, read_amount
from ..errors import UsageFault, as_usage_fault
from ..results.metrics.definitions import DEFINITIONS, Value
from ..results.metrics.wider import METRICS

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


def conditions(given: Iterable[str], swept: Sequence[Parameter]) -> tuple[Condition, ...]:
    """The conditions of texts, on statistics and on these parameters; UsageFault says which cannot be read."""
    if isinstance(given, str):
        given = [given]
    known = {parameter.name: parameter for parameter in swept}
    return tuple(_condition(text, known) for text in given)


def _condition(text: object, swept: Mapping[str, Parameter]) -> Condition:
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise UsageFault(f"a condition is a text such as 'trades >= 30', found {brief(text)}")
    sign = next((sign for sign in _TESTS if sign in text), "")
    if turned := next((turned for turned in ("=>", "=<") if turned in text), ""):
        raise UsageFault(f"{text!r}: `{turned}` is written `{turned[::-1]}`")
    name, _, bound = (part.strip() for part in text.partition(sign)) if sign else (text, "", "")
    if not sign or not name or not bound:
        raise UsageFault(f"expected NAME>=NUMBER, as in 'trades>=30' or 'max_drawdown<20%', found {text!r}")
    if name not in METRICS and name not in swept:
        known = [*METRICS, *swept]
        close = nearest(name, known)
        there = f"did you mean {close!r}?" if close else (
            f"there are {', '.join([*DEFINITIONS, *swept])}, and what `--metrics` shows"
        )
        raise UsageFault(f"{text!r}: no statistic and no swept parameter is called {name!r}: {there}")
    if name in swept:
        with as_usage_fault():
            return Condition(name, _TESTS[sign], float(read(swept[name], bound)), text)
    return Condition(name, _TESTS[sign], _bound(bound, text, share=METRICS[name].unit == "ratio"), text)


def _bound(text: str, whole: str, *, share: bool) -> float:
    """The number after the sign, which a statistic is compared with."""
    amount = read_amount(text)
    if amount is None or amount.unit not in ("", *SHARES) or abs(amount.value) > LARGEST:
        raise UsageFault(f"{whole!r}: expected a number or a percentage after the sign, found {text!r}")
    if share and not amount.unit and amount.value:
        meant = " or ".join(as_shares(amount.value, LEVERAGED)) or f"{as_shares(amount.value, inf)[0]} if that is meant"
        raise UsageFault(f"{whole!r}: this is a ratio: write {meant}, not {text}")
    return amount.value
