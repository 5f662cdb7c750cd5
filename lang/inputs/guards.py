"""Limits that a run is given beside those of the program: `drawdown 20% then halt`, as a `guard` of a text says it.

They stand beside the program's own, of which every one holds: so a program can be stricter, never laxer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..diagnostics.brief import brief
from ..diagnostics.suggest import nearest
from ..program.units import Unit
from ..words.amounts import LEVERAGED, PART, SHARES, WHOLE, as_shares, plain, read_amount
from ..words.vocabulary import (
    COUNTS,
    FLOORS,
    GAUGES,
    GROUPED,
    GUARD_ACTIONS,
    GUARDS,
    HALTING,
    NO_GUARD,
    REDUCIBLE,
    RESETS,
)
from .errors import AssumptionError, UnclearError

_TEXT = re.compile(
    r"(?:guard\s{1,9})?(?P<name>[A-Za-z_]{1,40})(?P<given>\([^()]{0,80}\))?\s{1,9}(?P<limit>\S.{0,80}?)"
    r"(?:\s{1,9}of\s{1,9}(?P<of>\"[^\"]{1,80}\"|\S{1,80}))?(?:\s{1,9}then\s{1,9}(?P<action>\S{1,40})"
    r"(?:\s{1,9}until\s{1,9}(?P<until>\S{1,40}))?)?"
)
"""Bounded, as every pattern that meets input."""
_LOSSES = ("drawdown", "loss", "daily_loss")
_OF_LONGER = ("week", "month", "year")
"""How names of limits begin that there are for a day alone."""
_MEANT = {"exposure": LEVERAGED, "net_exposure": LEVERAGED, "position": WHOLE}
"""The greatest share that a bare number may be meant as, of other guards a part."""


@dataclass(frozen=True, slots=True)
class GivenGuard:
    """A guard given to a run; a share is a plain ratio (20 % is 0.2). of: a symbol or a group, "" for the account.
    until: what resets it, "" where it is not said."""

    kind: str
    threshold: float
    action: str = "deny"
    of: str = ""
    until: str = ""

    def __str__(self) -> str:
        limit = f"{plain(self.threshold, 2)}%" if GUARDS[self.kind] is Unit.RATIO else plain(self.threshold)
        of = self.of if self.of.isidentifier() else f'"{self.of}"'
        whose = f" of {of}" if self.of else ""
        then = f" then {self.action}" * (self.action != "deny") + f" until {self.until}" * bool(self.until)
        return f"{self.kind} {limit}{whose}{then}"

    @property
    def said(self) -> tuple[str, ...]:
        """What may be said once: of two that differ in it neither is the stricter."""
        return self.kind, self.action, self.until, self.of.lower()


def read_guards(value: object) -> tuple[GivenGuard, ...]:
    """Guards as a text gives them, each a text of its own; several in one are parted by `;`."""
    if isinstance(value, str):
        texts: list[object] = list(value.split(";"))
    elif isinstance(value, Iterable):
        texts = list(value)
    else:
        texts = [value]
    found = tuple(_read(text) for text in texts)
    for place, guard in enumerate(found):
        if any(guard.said == other.said for other in found[:place]):
            does = f" of {guard.of}" * bool(guard.of) + f" then {guard.action}" * (guard.action != "deny")
            raise AssumptionError(f"guards: {guard.kind}{does} is said twice; keep the tighter of the two")
    return found


def beside(one: Iterable[GivenGuard], other: Iterable[GivenGuard]) -> tuple[GivenGuard, ...]:
    """All of both; where they say the same of one name, the tighter of the two."""
    tightest: dict[tuple[str, ...], GivenGuard] = {}
    for guard in (*one, *other):
        said = tightest.setdefault(guard.said, guard)
        if (guard.threshold > said.threshold) if guard.kind in FLOORS else (guard.threshold < said.threshold):
            tightest[guard.said] = guard
    return tuple(tightest.values())


def _read(text: object) -> GivenGuard:
    if isinstance(text, GivenGuard):
        return text
    match = _TEXT.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise AssumptionError(
            f"guards: expected a guard and its limit, as `drawdown 20% then halt`, found {brief(text)}"
        )
    name, action = match["name"], match["action"] or "deny"
    if match["given"] and name in GUARDS and name not in GAUGES:
        raise AssumptionError(f"guards: {name} takes no arguments: leave {match['given']} out")
    if name not in GUARDS:
        near = nearest(name, GUARDS) if not name.lower().startswith(_OF_LONGER) else None
        hint = NO_GUARD.get(name) or (f"did you mean {near}?" if near else "the guards are " + ", ".join(GUARDS))
        raise AssumptionError(f"guards: there is no guard named {brief(name)}; {hint}")
    if name in GAUGES:
        raise AssumptionError(f"guards: {name} reads a series, which the program computes: write `guard {name} …` in "
                              "its text")  # fmt: skip
    if action not in GUARD_ACTIONS:
        raise AssumptionError(f"guards: a guard can {', '.join(GUARD_ACTIONS)}; found {brief(action)}")
    if action == "reduce" and name not in REDUCIBLE:
        raise AssumptionError(f"guards: {name} cannot reduce; only {', '.join(REDUCIBLE)} fall when a part is closed")
    until = match["until"] or ""
    if until and action not in HALTING:
        raise AssumptionError(f"guards: until says when a halt ends, and {action} halts nothing: leave it out, or "
                              f"write `then halt until {until}`")  # fmt: skip
    if until and until not in RESETS:
        raise AssumptionError(f"guards: a guard is reset with the next {', '.join(RESETS[:-1])}, or {RESETS[-1]}; "
                              f"found until {brief(until)}")  # fmt: skip
    of = (match["of"] or "").strip('"')
    if of and name not in GROUPED:
        raise AssumptionError(f"guards: {name} is of the account, and of no group: leave `of {of}` out; of a symbol or "
                              f"a group are {', '.join(GROUPED)}")  # fmt: skip
    return GivenGuard(name, _limit(name, match["limit"]), action, of, until)


def _limit(name: str, text: str) -> float:
    amount = read_amount(text)
    share = GUARDS[name] is Unit.RATIO
    example = f"`{name} {'20%' if share else '3'}`"
    if amount is None or (amount.unit and (not share or amount.unit not in SHARES)):
        kind = "a share" if share else "a number without a unit"
        raise AssumptionError(f"guards: the limit of {name} is {kind}, as {example}, found {brief(text)}")
    if not amount.value >= 0.0:
        raise AssumptionError(f"guards: the limit of {name} is 0 or more, as {example}, found {brief(text)}")
    if not amount.value.is_integer() and name in COUNTS:
        raise AssumptionError(f"guards: the limit of {name} is a whole number, as {example}, found {brief(text)}")
    if name in _LOSSES and amount.unit and amount.value > 1.0:
        raise AssumptionError(f"guards: the limit of {name} is at most 100%, a loss of all, found {brief(text)}")
    if share and not amount.unit and amount.value != 0.0:
        meant = as_shares(amount.value, _MEANT.get(name, PART))
        if not meant:
            raise AssumptionError(f"guards: the limit of {name} is a share, as {example}, found {brief(text)}")
        raise UnclearError(f"guards: {name}", text, meant) if len(meant) > 1 else AssumptionError(
            f"guards: the limit of {name} is a share: write {meant[0]}, found {brief(text)}"
        )
    return amount.value
