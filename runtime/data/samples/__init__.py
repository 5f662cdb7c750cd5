"""Shipped samples: daily prices of five stocks, 2000 to 2013, with the splits inside them handled in the open.

The files hold prices as they were traded. `sample:AAPL` divides those before a split by its ratio, and
multiplies their volume, so that the series is one a holder of the stock lived through; its notes say so.
`sample:AAPL-raw` leaves the prices alone. See the README beside this file for the source.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

from ..errors import DataError
from ..table import Column, Table, Wanted, choose_symbol

_FOLDER = Path(__file__).parent
_RAW = "-raw"
_PRICES = ("open", "high", "low", "close")


@dataclass(frozen=True, slots=True)
class Split:
    """From `date` on, one old share is `ratio` new ones."""

    symbol: str
    date: str
    ratio: float


def sample_names() -> list[str]:
    """The symbols that are shipped."""
    return sorted(path.name.removesuffix(".csv.gz") for path in _FOLDER.glob("*.csv.gz"))


def splits_of(symbol: str) -> list[Split]:
    """The splits inside the sample of a symbol, oldest first."""
    with (_FOLDER / "splits.csv").open(encoding="ascii", newline="") as file:
        every = [Split(row["symbol"], row["date"], float(row["ratio"])) for row in csv.DictReader(file)]
    return [split for split in every if split.symbol == symbol]


def read_sample(name: str) -> Table:
    """The table of `AAPL` (adjusted for splits) or `AAPL-raw` (as traded)."""
    raw = name.lower().endswith(_RAW)
    symbol = _known(name[: -len(_RAW)] if raw else name)
    text = gzip.decompress((_FOLDER / f"{symbol}.csv.gz").read_bytes()).decode("ascii")
    header, *rows = csv.reader(text.splitlines())
    dates, *numbers = (list(column) for column in zip(*rows, strict=True))
    splits = splits_of(symbol)
    columns, note = _as_traded(header[1:], numbers, splits) if raw else _adjusted(dates, header[1:], numbers, splits)
    columns = {header[0]: dates, **columns}
    return Table(f"sample:{name}", columns, symbol=symbol, notes=(_ORIGIN, note), splits_told=True)


_ORIGIN = "sample data: Quandl WIKI prices (public domain) from the package bokeh_sampledata"


def _known(symbol: str) -> str:
    try:
        return choose_symbol(sample_names(), Wanted(symbol), "the sample data")[0]
    except DataError as error:
        raise DataError(f"{error}; as sample:AAPL, or sample:AAPL-raw for prices as traded") from None


def _as_traded(names: list[str], columns: list[list[str]], splits: list[Split]) -> tuple[dict[str, Column], str]:
    told = f"; the prices jump at {_told(splits)}" if splits else ""
    return dict(zip(names, columns, strict=True)), f"prices as traded, not adjusted{told}"


def _adjusted(
    dates: list[str], names: list[str], columns: list[list[str]], splits: list[Split]
) -> tuple[dict[str, Column], str]:
    """Prices divided, and volumes multiplied, by the ratios of all splits that were still to come."""
    import numpy as np

    ratios = np.ones(len(dates))
    for split in splits:
        ratios[: sum(date < split.date for date in dates)] *= split.ratio
    adjusted: dict[str, Column] = {}
    for name, texts in zip(names, columns, strict=True):
        values = np.array([*map(float, texts)])
        adjusted[name] = values / ratios if name in _PRICES else values * ratios
    note = f"adjusted for {_told(splits)}" if splits else "no split inside these dates"
    return adjusted, f"{note}; not adjusted for dividends"


def _told(splits: list[Split]) -> str:
    plural = "s" if len(splits) > 1 else ""
    return f"the split{plural} " + ", ".join(f"{split.ratio:g}:1 on {split.date}" for split in splits)
