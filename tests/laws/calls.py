"""Everything that can be called, with what each argument takes: from the catalogue, so that nothing is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stratagem.stdlib.catalogue import catalogue
from stratagem.stdlib.operator import REGISTRY

SERIES, LENGTH, CONDITION, FLAG, FACTOR = "series", "length", "condition", "flag", "factor"

# Kinds of arguments by their names; a new name has to be added here, which a test insists on.
KINDS = {
    **dict.fromkeys("source a b x y high low close upper lower distance volume least greatest returns".split(), SERIES),
    **dict.fromkeys(
        "length fast slow signal n window smooth smoothing left right limit_bars".split(), LENGTH
    ),
    **dict.fromkeys(("condition", "anchor"), CONDITION),
    **dict.fromkeys(
        "aligned wilder first true_range talib latest long_first sample strict".split(), FLAG
    ),
    **dict.fromkeys("mult factor start increment limit percent offset occurrence".split(), FACTOR),
}  # fmt: skip
ELSEWHERE = frozenset({
    "between", "closes", "column", "new_day", "new_week", "new_month", "new_year", "number", "rank", "top",
    "quantile_of", "zscore_across", "demean", "total", "average", "any", "all", "count",
    "beta", "equity_return", "ewma_value_at_risk", "ewma_volatility", "expected_shortfall", "value_at_risk",
})  # fmt: skip
"""Called in ways of their own: with a text, a timeframe, a condition, nothing that varies, over several symbols, or of
the account's own equity, which stands in no `@`."""


@dataclass(frozen=True, slots=True)
class Argument:
    """`default` is as written, "" where it has to be given."""

    name: str
    kind: str
    default: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function; `fields` are those of the record it gives, else empty. result: "number" or "bool"."""

    name: str
    arguments: tuple[Argument, ...]
    result: str
    fields: tuple[str, ...]

    @property
    def compares(self) -> bool:
        """Whether `a` and `b` are held against each other."""
        return [argument.name for argument in self.arguments] == ["a", "b"]

    def text(self, given: dict[str, str], field: str = "") -> str:
        """The call with these arguments by name; the others keep their defaults."""
        inside = ", ".join(given[a.name] if not a.default else f"{a.name} = {given[a.name]}"
                           for a in self.arguments if a.name in given)  # fmt: skip
        return f"{self.name}({inside}){'.' + field if field else ''}"


def _call(signature: str, unit: str) -> Call:
    name, _, inside = signature.removesuffix(")").partition("(")
    arguments = []
    for part in re.findall(r"[^,(]+(?:\([^)]*\))?", inside):
        argument, _, default = (piece.strip() for piece in part.partition("="))
        if argument == "…":
            continue
        arguments.append(Argument(argument, KINDS[argument], default))
    fields = tuple(re.findall(r"(\w+): ", unit))
    if name in REGISTRY and REGISTRY[name].outputs:
        fields = (REGISTRY[name].first, *REGISTRY[name].outputs)
    return Call(name, tuple(arguments), "bool" if unit == "bool" else "number", fields)


CALLS = tuple(_call(row.signature, row.unit) for row in catalogue() if row.name not in ELSEWHERE)
NUMBERS = tuple(call for call in CALLS if call.result == "number")
BOOLS = tuple(call for call in CALLS if call.result == "bool")
