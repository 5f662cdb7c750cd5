"""What a result rests on, in words: what the text assumes, and what holds where a run says nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..inputs.readers import MODELS, read_one
from ..program.program import Program
from ..program.units import Unit
from ..words.amounts import plain
from .amounts import amount, listed, money, ticks
from .model import Sentence
from .telling import Teller, symbol

_POLICIES = {
    ("fill", "next_open"): "an order fills at the open of the bar after the one that decides it",
    ("fill", "this_close"): "an order fills at the very close that decides it",
    ("path", "worst"): "of several prices inside one bar, those come first that hurt the position",
    ("path", "best"): "of several prices inside one bar, those come first that help the position",
    ("path", "proximity"): "inside a bar the extreme that is nearer to the open comes first",
    ("bracket", "entry_bar"): "stops and targets work from the fill on",
    ("bracket", "next_bar"): "stops and targets work from the bar after the fill on",
    ("bracket", "next_decision"): "stops and targets work from the first decision after the fill on",
    ("sizing", "decision"): "a quantity is fixed at the decision",
    ("sizing", "fill"): "a quantity is counted anew at the price of the fill",
    ("entries", "independent"): "entries that rest know nothing of one another",
    ("entries", "one_cancels_other"): "the fill of any entry cancels all others that rest",
    ("opens", "any_time"): "the first position may come at any time",
    ("opens", "at_once"): "the first position has to be decided on the first bar it can be, else the gate says so",
}
_WORDS: dict[str, Callable[[str], str]] = {
    "capital": lambda value: f"the account begins with {money(float(value))}",
    "currency": lambda value: f"money is in {value}",
    "quote_currency": lambda value: f"prices are in {value}",
    "conversion": lambda value: f'the column "{value}" says what a unit of the prices\' money is worth',
    "fee": lambda value: f"each fill costs a fee of {value}",
    "slippage": lambda value: f"each fill at the market is worse by {_in_ticks(value)}",
    "spread": lambda value: f"each fill at the market is worse by half a spread of {_in_ticks(value)}",
    "interest": lambda value: f"cash earns {value} a year, and cash below 0 costs it",
    "borrow": lambda value: f"a short position costs {_rate(value)} of its value a year",
    "funding": lambda value: f"a long position pays {_rate(value)} of its value {_often(value)}, a short one gets it",
    "margin": lambda value: f"positions tie up {_share(value)} of their value, and together at most all of equity",
    "maintenance": lambda value: f"a position is liquidated where equity has come to {value} of its value",
    "participation": lambda value: f"orders fill at most {value} of a bar's volume",
    "latency": lambda value: f"a decision reaches the market {value} later",
    "magnify": lambda value: f"finer bars of {value}, given beside the data, say what the path inside a bar was",
    "lot": lambda value: f"quantities are multiples of {value}" if value != "0" else "quantities are not rounded",
    "tick": lambda value: f"prices are multiples of {value}" if value != "0" else "prices are not rounded",
    "minimum": lambda value: f"an entry whose notional is below {value} is denied",
    "point_value": lambda value: f"a point of price moves one unit by {value} of money",
    "timezone": lambda value: f"days, hours and longer bars are those of {value}",
    "model": lambda value: f"the model is {value}, which sets capital, fill, path, bracket, sizing and entries",
}
_NOTHING = ("fee", "slippage", "spread", "interest", "borrow", "funding")
"""Costs that are none unless somebody says so."""


def assumptions(teller: Teller) -> Iterator[Sentence]:
    """A sentence for each assumption: those of the text first, then all others in one."""
    program, values = teller.program, teller.assumed
    said = _said(program)
    for name in _ORDER:
        if name in said:
            told = _told(name, values.get(name, ""))
            yield Sentence(f"assume {name}", f"{_capital(told)}.", told)
    for owner, name, value in sorted(program.assumed):
        told = f"of {symbol(owner)}, {_told(name, read_one(name, value))}"
        yield Sentence(f"assume {name} of {symbol(owner)}", f"{_capital(told)}.", told)
    rest = [_told(name, values[name]) for name in _ORDER if name not in said and _is_default(name, values)]
    free = [name for name in _NOTHING if name not in said]
    rest += [f"there is no {listed(free, 'or')}"] if free else []
    rest += ["nothing is bought on credit"] if "margin" not in said and not _beyond_equity(program) else []
    yield Sentence("assumed", f"Unless a run says otherwise: {'; '.join(rest)}.")


def _beyond_equity(program: Program) -> bool:
    """Whether a guard of the text lets more be held than there is."""
    held = [guard.threshold for guard in program.guards if guard.name in ("exposure", "leverage")]
    return any(limit.kind != "const" or float(str(limit.data[0])) > 1.0 for limit in held)


def without_costs(program: Program) -> Iterator[Sentence]:
    """Which costs nobody says, and so are none."""
    free = [name for name in _NOTHING if name not in _said(program)]
    if free:
        yield Sentence("costs", f"There is no {listed(free, 'or')}, unless a run says so.")


def _said(program: Program) -> set[str]:
    """What the text assumes, by the names of what it sets."""
    said = {"margin" if name == "leverage" else name for name in program.assumptions}
    return said | (set(MODELS[program.assumptions["model"]]) if "model" in said else set())


_ORDER = ("model", "capital", "currency", "quote_currency", "conversion", "fee", "slippage", "spread", "interest",
          "borrow", "funding", "margin", "maintenance", "participation", "latency", "fill", "path", "magnify",
          "bracket", "sizing", "entries", "opens", "lot", "tick", "minimum", "point_value", "timezone")  # fmt: skip
_SHOWN = frozenset("capital fill path bracket sizing entries timezone".split())
"""What is told of where nobody says it."""


def _share(value: str) -> str:
    """`20%`; `1/3` of what has no end in per cent, as the margin of `leverage 3`."""
    parts = (part / whole for whole in range(3, 13) for part in range(1, whole))
    return next((amount(part, Unit.RATIO) for part in parts if f"{plain(part, 2)}%" == value), value)


def _in_ticks(value: str) -> str:
    """`10 ticks + 1%` for `10ticks+1%`, as a sentence says it."""
    counts = ((part, part.removesuffix("ticks")) for part in value.split("+"))
    return " + ".join(ticks(count) if count != part and count[-1:].isdigit() else part for part, count in counts)


def _rate(value: str) -> str:
    """A rate, or the column that says it."""
    return f"what the column {value} says" if value.startswith('"') else value


def _often(value: str) -> str:
    """How often funding is paid."""
    return "at each bar that has a rate" if value.startswith('"') else "every 8 hours"


def _is_default(name: str, values: dict[str, str | float]) -> bool:
    return name in _SHOWN and name in values


def _told(name: str, value: object) -> str:
    if value == "":
        return f"there is no {name.replace('_', ' ')}"
    policy = _POLICIES.get((name, str(value)))
    if policy is not None:
        return policy
    if name in ("lot", "tick", "minimum", "point_value", "capital"):
        value = plain(float(str(value)))
    elif isinstance(value, float):
        value = f"{plain(value, 2)}%"
    return _WORDS[name](str(value))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]

