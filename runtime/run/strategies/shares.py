"""Shares of the capital: what each strategy begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from numbers import Real

from ....lang.diagnostics.brief import brief, named
from ....lang.words.amounts import as_shares, parted, plain

_SCALE = {"%": 100, "bp": 10_000}


def read_share(given: object) -> Fraction:
    """A share as it is written, exactly; ValueError says what is expected.

    In Python a number is itself: 0.6 is `60%`.
    """
    if isinstance(given, Real) and not isinstance(given, bool):  # numpy's are Real, too
        number = float(given)
        share = Fraction(plain(number)) if number == number and abs(number) < 1e9 else Fraction(-1)
    elif isinstance(given, str) and (parts := parted(given)) is not None and parts[1] in _SCALE:
        share = Fraction(parts[0].replace("_", "")) / _SCALE[parts[1]]
    else:
        bare = parted(given) if isinstance(given, str) else None
        meant = as_shares(float(bare[0].replace("_", "")), 1.0) if bare and not bare[1] else ()
        hint = f": {' or '.join(f'`{each}`' for each in meant)}?" if meant else ""
        raise ValueError(f"share: expected a part of the capital with its %, such as 40%, found {brief(given)}{hint}")
    if not 0 < share <= 1:
        raise ValueError(f"share: expected more than 0% and at most 100%, found {brief(given)}")
    return share


def all_shares(given: Mapping[str, object]) -> dict[str, Fraction]:
    """The share of each strategy by its name; those without one have equal parts of what the others leave.

    ValueError where they come to more than the capital, or leave nothing for one.
    """
    told = {name: read_share(each) for name, each in given.items() if each is not None}
    silent = [name for name in given if name not in told]
    left = 1 - sum(told.values(), Fraction(0))
    if left < 0:
        raise ValueError(f"the shares come to {_percent(1 - left)}, which is more than the capital: {_listed(told)}")
    if silent and left == 0:
        raise ValueError(f"{', '.join(map(named, silent))}: the other strategies' shares are all of the capital")
    return {name: told.get(name, left / len(silent) if silent else left) for name in given}


def capitals(shares: Sequence[Fraction], capital: float) -> tuple[list[float], float]:
    """What each strategy begins with, and what is left in cash."""
    exact = Fraction(capital)
    return [float(exact * share) for share in shares], float(exact * (1 - sum(shares, Fraction(0))))


def _listed(shares: Mapping[str, Fraction]) -> str:
    return ", ".join(f"{named(name)} {_percent(share)}" for name, share in shares.items())


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.10g}%"
