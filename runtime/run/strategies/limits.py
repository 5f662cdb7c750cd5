"""Limits of a portfolio of strategies: what each measures, its level and what it does, as in `15% then flatten`."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

from ....lang.diagnostics.brief import brief, named
from ....lang.diagnostics.suggest import nearest
from ....lang.inputs.readers import either
from ....lang.words.amounts import as_shares, plain, read_amount
from ....lang.words.vocabulary import GAUGES

OF_EQUITY = ("drawdown", "loss", "daily_loss")
"""Reached by equity at a mark."""
OF_VALUE = ("exposure", "net_exposure", "position")
"""Passed by a value as a multiple of equity."""
OF_COUNT = ("positions",)
MEASURES = (*OF_EQUITY, *OF_VALUE, *OF_COUNT)
DENY, HALT, FLATTEN, REDUCE = ACTIONS = ("deny", "halt", "flatten", "reduce")
REDUCED = ("exposure", "position")
"""What can be brought back under its level by leaving with a part."""
_ELSEWHERE = {
    "leverage": "exposure", "margin": "exposure", "day_gain": "", "day_trades": "", "day_losses": "",
    "orders_per_minute": "", "margin_use": "", "open_risk": "", **dict.fromkeys(GAUGES, ""),
    "net": "net_exposure", "gross": "exposure", "gross_exposure": "exposure",
    "symbol": "position", "max_drawdown": "drawdown", "day_loss": "daily_loss",
}  # fmt: skip
"""Guards of a strategy that a portfolio does not have, and other names, with what comes nearest."""
_MOST = 1000.0


@dataclass(frozen=True, slots=True)
class Limit:
    """level: a ratio of equity, for `positions` a count. action: beside denying what would pass it, which all do."""

    measure: str
    level: float
    action: str = DENY

    def __str__(self) -> str:
        level = plain(self.level) if self.measure in OF_COUNT else f"{plain(self.level, 2)}%"
        return f"{self.measure} {level}" + (f" then {self.action}" if self.action != DENY else "")

    @property
    def daily(self) -> bool:
        """Whether it begins anew with each day."""
        return self.measure == "daily_loss"


def read_limit(measure: str, given: object) -> Limit:
    """The limit that is given for a measure: `15%`, `15% then flatten`, 3. ValueError says what is expected."""
    if measure not in MEASURES:
        near = _ELSEWHERE.get(measure) or nearest(measure, MEASURES)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(MEASURES)}"
        own = "; inside a strategy `guard` has it" if measure in _ELSEWHERE and not near else ""
        raise ValueError(f"{named(measure)} is no limit of a portfolio{own}: {hint}")
    number = isinstance(given, Real) and not isinstance(given, bool)  # numpy's are Real, too
    text = str(given) if isinstance(given, str) or number else ""
    parts = text.split()
    if len(parts) not in (1, 3) or parts[1:2] not in ([], ["then"]):
        example = "3 then halt" if measure in OF_COUNT else "15% then flatten"
        raise ValueError(f"{measure}: expected a level and what it does, such as `{example}`, found {brief(given)}")
    return Limit(measure, _level(measure, parts[0]), _action(measure, parts[2]) if len(parts) == 3 else DENY)


def _action(measure: str, text: str) -> str:
    there = ACTIONS if measure in REDUCED else ACTIONS[:-1]
    if text == REDUCE and text not in there:
        raise ValueError(f"{measure}: reduce brings {either(REDUCED)} back under a level; here there is "
                         f"{either(there)}")  # fmt: skip
    if text not in there:
        near = nearest(text, there)
        hint = f": did you mean {near}?" if near else ""
        raise ValueError(f"{measure}: expected {either(there)}, found {brief(text)}{hint}")
    return text


def _level(measure: str, text: str) -> float:
    amount = read_amount(text)
    if measure in OF_COUNT:
        if amount is None or amount.unit or amount.value != amount.value // 1 or not 0 <= amount.value <= 1_000_000:
            raise ValueError(f"{measure}: expected a whole number from 0 to 1,000,000, found {brief(text)}")
        return amount.value
    if amount is None or amount.unit not in ("%", "bp"):
        meant = as_shares(amount.value, _MOST) if amount is not None and not amount.unit else ()
        hint = f": {' or '.join(f'`{each}`' for each in meant)}?" if meant else ""
        raise ValueError(f"{measure}: expected a share of equity with its %, found {brief(text)}{hint}")
    most = 1.0 if measure in OF_EQUITY else _MOST
    least_open = measure in OF_EQUITY
    if amount.value > most or amount.value < 0.0 or (least_open and amount.value == 0.0):
        expected = "more than 0% and at most 100%" if least_open else f"0% to {plain(_MOST, 2)}%"
        raise ValueError(f"{measure}: expected {expected}, found {brief(text)}")
    return amount.value
