"""What holding costs or earns with time, and ties up: interest, borrow, funding, margin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..diagnostics.brief import brief
from ..words.amounts import SHARES, as_shares, plain, read_amount
from .costs import number, terms
from .errors import AssumptionError, UnclearError


@dataclass(frozen=True, slots=True)
class Rate:
    """What a position pays of its value, a rate or the column of the data that says it: borrow by the year, of a short
    one; funding every 8 hours, of a long one to a short one."""

    rate: float = 0.0
    column: str = ""

    def __str__(self) -> str:
        return self.column or f"{plain(self.rate, 2)}%"


NO_RATE = Rate()


def rate(name: str) -> Callable[[object], float]:
    """The reader of a share, of up to 100%: `3%`, 0.03; a bare number in a text is unclear."""
    return lambda value: _share(name, value, least=0.0)


def read_margin(value: object) -> float:
    """The initial margin, more than 0."""
    size = _share("margin", value, least=0.0)
    if size == 0.0:
        raise AssumptionError(f"margin: expected more than 0, found {brief(value)}; 100% is no credit at all")
    return size


def read_leverage(value: object) -> float:
    """The initial margin that a leverage of 1 or more asks for: 0.2 of `5`."""
    parts = terms("leverage", value)
    times, _ = number("leverage", parts[0], value, above=True) if len(parts) == 1 else (0.0, "")
    if not times >= 1.0:
        raise AssumptionError(f"leverage: expected a number of 1 or more, such as 5, found {brief(value)}; "
                              "1 is no credit at all")  # fmt: skip
    return 1.0 / times


def read_participation(value: object) -> float:
    """The largest share of a bar's volume that orders fill, more than 0; `none`, 0.0, is no limit."""
    if value is None or (isinstance(value, str) and value.strip() == "none"):
        return 0.0
    size = _share("participation", value, least=0.0)
    if size == 0.0:
        raise AssumptionError(f"participation: expected more than 0, found {brief(value)}; none is no limit at all")
    return size


def rate_or_column(name: str, example: str, least: float) -> Callable[[object], Rate]:
    """The reader of a share from `least` to 100%, `0.01%`, `-1bp`, 0.0001, or of the name of a column in quotes."""

    def read(value: object) -> Rate:
        if isinstance(value, Rate):
            return value
        if isinstance(value, str) and not _begins_a_number(value):
            column = value.strip().strip('"')
            if column and column == column.strip():
                return Rate(column=column)
            raise AssumptionError(f"{name}: expected a rate such as {example}, or the name of a column in "
                                  f'quotes, "{name}_rate"; found {brief(value)}')  # fmt: skip
        return Rate(_share(name, value, least=least))

    return read


def _begins_a_number(text: str) -> bool:
    return text.strip()[:1] in tuple("+-.0123456789")


def _share(name: str, value: object, least: float) -> float:
    """A share, from `least` to 100%; of a text it has its unit."""
    parts = [value.strip()] if isinstance(value, str) else terms(name, value)
    amount = read_amount(parts[0])
    if amount is not None and amount.value < 0.0 and least < 0.0:
        size, unit = amount
        if unit not in ("", *SHARES):
            raise AssumptionError(f"{name}: expected a share such as -0.01%, found {brief(value)}")
    else:
        size, unit = number(name, parts[0], parts[0], ("", *SHARES))
    if isinstance(value, str) and not unit and size:
        raise UnclearError(name, value.strip(), as_shares(size, 1.0))
    if not least <= size <= 1.0:
        raise AssumptionError(f"{name}: expected at most 100%, found {brief(value)}")
    return size
