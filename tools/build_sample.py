"""Make the sample data in runtime/data/samples from the package bokeh_sampledata; it gives the same bytes each time.

    python -m stratagem.tools.build_sample

Splits are found from the source itself: where the ratio of close to adjusted close falls by a whole factor.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "runtime" / "data" / "samples"
HEADER = ("date", "open", "high", "low", "close", "volume")
Row = dict[str, str]


def main() -> int:
    """Write a file a symbol, and the splits."""
    by_symbol = source_rows()
    splits = [(symbol, *split) for symbol, rows in by_symbol.items() for split in find_splits(rows)]
    for symbol, rows in by_symbol.items():
        place = FOLDER / f"{symbol}.csv.gz"
        place.write_bytes(packed(rows))
        print(f"{place.name}: {len(rows)} rows, {place.stat().st_size} bytes", file=sys.stderr)
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([("symbol", "date", "ratio"), *splits])
    (FOLDER / "splits.csv").write_text(table.getvalue(), encoding="ascii")
    return 0


def source_rows() -> dict[str, list[Row]]:
    """The package's rows by symbol, oldest first."""
    content = (files("bokeh_sampledata") / "_data" / "stocks.csv.gz").read_bytes()
    by_symbol: dict[str, list[Row]] = {}
    for row in csv.DictReader(gzip.decompress(content).decode("ascii").splitlines()):
        by_symbol.setdefault(row["Ticker"], []).append(row)
    return {symbol: sorted(rows, key=lambda row: row["Date"]) for symbol, rows in sorted(by_symbol.items())}


def find_splits(rows: Sequence[Row]) -> Iterator[tuple[str, int]]:
    """Date and ratio of every split; a dividend moves the ratio far less than one does."""
    before = None
    for row in rows:
        factor = float(row["Close"]) / float(row["Adj Close"])
        if before is not None and round(before / factor) >= 2:
            yield row["Date"], round(before / factor)
        before = factor


def packed(rows: Sequence[Row]) -> bytes:
    """The columns that are shipped, compressed without a date of its own."""
    table = io.StringIO()
    lines = ([row[name.title()] for name in HEADER] for row in rows)
    csv.writer(table, lineterminator="\n").writerows([HEADER, *lines])
    return gzip.compress(table.getvalue().encode("ascii"), compresslevel=9, mtime=0)


if __name__ == "__main__":
    sys.exit(main())
