"""What metrics are computed by where people differ: each choice has a name, and a default.

The statistics of a result (`result.stats`) are always those of the defaults; `result.metrics(...)` takes others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ....lang.diagnostics.brief import brief
from ...errors import UsageFault
from ...given import no_option

DAYS, BARS = "days", "bars"
POPULATION, SAMPLE = "population", "sample"
MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Conventions:
    """returns: of days or of bars. deviation: of the population or the sample. year: periods in it, None if measured.

    riskless: the yearly rate taken off returns. level: of value at risk and its kin, between one half and 1.
    """

    returns: str = DAYS
    deviation: str = POPULATION
    year: float | None = None
    riskless: float = 0.0
    level: float = 0.95

    @property
    def sample(self) -> bool:
        return self.deviation == SAMPLE

    def told(self) -> dict[str, str | float]:
        """Each by its name, as it may be given again."""
        year = MEASURED if self.year is None else self.year
        return {"returns": self.returns, "deviation": self.deviation, "year": year, "riskless": self.riskless,
                "level": self.level}  # fmt: skip


DEFAULT = Conventions()


@dataclass(frozen=True, slots=True)
class Choice:
    """A convention: what may be given, what stands where nothing is, and what it means."""

    allowed: str
    default: str
    meaning: str
    read: Callable[[object], str | float | None]


def conventions(given: Mapping[str, object]) -> Conventions:
    """The conventions that were given by name, the others as they are by default; UsageFault where one is none."""
    read: dict[str, str | float | None] = {}
    for name, value in given.items():
        if name not in CHOICES:
            raise no_option(name, CHOICES)
        try:
            read[name] = CHOICES[name].read(value)
        except (ValueError, TypeError, OverflowError):
            raise UsageFault(f"{name}: expected {CHOICES[name].allowed}, found {brief(value)}") from None
    return Conventions(**read)  # type: ignore[arg-type]


def _one_of(*words: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError
        return value

    return read


def _number(value: object, low: float, high: float) -> float:
    """A number between two, which are excluded; a text may be in percent."""
    if isinstance(value, bool):
        raise ValueError
    if isinstance(value, str):
        text = value.strip()
        number = float(text[:-1]) / 100.0 if text.endswith("%") else float(text)
    else:
        number = float(value)  # type: ignore[arg-type]
    if not low < number < high:  # also what is no number
        raise ValueError
    return number


def _year(value: object) -> float | None:
    return None if value is None or value == MEASURED else _number(value, 0.0, math.inf)


CHOICES: dict[str, Choice] = {
    "returns": Choice(
        "days or bars", DAYS,
        "What a period is: a day (a bar where bars last a day or longer), or each bar.", _one_of(DAYS, BARS)),
    "deviation": Choice(
        "population or sample", POPULATION,
        "Squares divided by n, or by n − 1; skew and kurtosis of the sample are the adjusted ones.",
        _one_of(POPULATION, SAMPLE)),
    "year": Choice(
        "measured or a number of periods, such as 252 or 365", MEASURED,
        "Periods in a year: as many as these data had, or a number.", _year),
    "riskless": Choice(
        "a yearly rate between −0.5 and 0.5, such as 0.02 or 2%", "0",
        "The yearly rate taken off each return: (1 + rate)^(1 / periods a year) − 1 of a period.",
        lambda value: _number(value, -0.5, 0.5)),
    "level": Choice(
        "a share between 0.5 and 1, such as 0.95 or 95%", "95%",
        "How sure value at risk, expected shortfall and the tail ratio are.", lambda value: _number(value, 0.5, 1.0)),
}  # fmt: skip
