"""The stage: everything known before the first bar, evaluated once by the host.

Constants, parameters and what is computed from them become rows; their values, in order, are the
parameter array that both engines read, followed by the warm-up thresholds. The same Python functions
compute it for both, so an engine never sees how a parameter was made.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from ...stdlib.primitives import evaluate
from ..program.nodes import IS_SYMBOL, Node
from .formulas import value
from .model import BASE_CLOCK, Known, Plan

MISSING = float("nan")
NEVER = 1 << 52
"""More bars than there will ever be; whole as a float64, too."""
TICK = "$tick"
"""The parameter that stands for the host's tick size; missing where there is none."""


class Stage:
    """Gives each node known before the run a slot."""

    def __init__(self) -> None:
        self.rows: list[Known] = []
        self._slots: dict[tuple[object, ...], int] = {}
        self._of_node: dict[int, int] = {}

    def slot(self, node: Node) -> int:
        """The slot of a constant, a parameter, or a pure function of such."""
        if node.id not in self._of_node:
            self._of_node[node.id] = self._found(node)
        return self._of_node[node.id]

    def number(self, value: float | None) -> int:
        """The slot of a number that no node stands for; None is a missing one."""
        return self._of(("const", value, ()))

    def _found(self, node: Node) -> int:
        if node.kind == "const":
            held = float(node.data[0])  # type: ignore[arg-type]
            return self._of(("const", held if held == held else None, ()))
        if node.kind == "param":
            return self._of(("param", node.name, ()))
        return self._of(("pure", node.name, tuple(self.slot(arg) for arg in node.args)))

    def _of(self, row: Known) -> int:
        key = (row[0], repr(row[1]), row[2])  # 0.0 and -0.0 are different constants
        if key not in self._slots:
            self._slots[key] = len(self.rows)
            self.rows.append(row)
        return self._slots[key]


def evaluate_params(
    plan: Plan, values: Mapping[str, float | bool], start: int = 0, symbol: str | None = None
) -> array[float]:
    """The parameter array for these values (defaults where none is given).

    start: index of the first bar on which a statement may trade. symbol: whose machine they are for; statements for
    another one never act there, and weights of one are its own. ValueError names a parameter whose value
    the state was not sized for; texts for people come from whoever reads the values.
    """
    held = {parameter.name: parameter.default for parameter in plan.params} | dict(values)
    for parameter in plan.params:
        if not parameter.least <= held[parameter.name] <= parameter.most:
            raise ValueError(
                f"parameter {parameter.name}: expected {parameter.least:g} to {parameter.most:g}, "
                f"found {held[parameter.name]}"
            )
    found: array[float] = array("d")
    for kind, what, slots in plan.stage:
        if kind == "const":
            found.append(MISSING if what is None else float(what))
        elif kind == "param" and str(what).startswith(IS_SYMBOL):
            found.append(float(what == f"{IS_SYMBOL}{symbol}"))
        elif kind == "param":
            found.append(float(held.get(str(what), MISSING)))
        else:
            found.append(float(evaluate(str(what), [found[at] for at in slots])))
    counts = [value(form, found) for form in plan.thresholds]
    for decision in plan.decisions:
        own = decision.gate[0][1] - len(plan.stage)
        counts[own] = max(counts[own], start)
        if symbol is not None and decision.symbol not in ("", symbol):
            counts[own] = NEVER
    for gauge in plan.gauges:
        own = gauge.gate[0][1] - len(plan.stage)
        counts[own] = max(counts[own], start)
    found.extend(map(float, counts))
    return found


def refusals(plan: Plan, params: array[float]) -> list[str]:
    """The texts of the `require` statements that these parameters break."""
    return [rule.text for rule in plan.requires if params[rule.slot] != 1.0]


def unfit(plan: Plan, params: array[float]) -> str:
    """What is wrong with a length that these parameters give, "" if nothing is."""
    for length in plan.lengths:
        found = params[length.slot]
        if not (length.least <= found <= length.most and found == int(found)):
            shown = "missing" if found != found else f"{found:g}"
            return f"{length.what} is {shown}; expected a whole number from {length.least} to {length.most}"
    return ""


def warmup(plan: Plan, params: array[float]) -> dict[str, int]:
    """Closed bars that the entries and exits wait for, by clock ("base", "4h", …), the largest of them all."""
    found = {"base": 0} | {clock.timeframe: 0 for clock in plan.clocks}
    for decision in plan.decisions:
        for what, slot in decision.gate:
            counter = plan.counter(what)
            if counter.at >= 0:
                continue  # counted from then on; the bars in all stand beside it
            name = "base" if counter.clock == BASE_CLOCK else plan.clocks[counter.clock].timeframe
            need = value(plan.thresholds[slot - len(plan.stage)], params) + (0 if counter.growing else 1)
            found[name] = max(found[name], need)
    return found
