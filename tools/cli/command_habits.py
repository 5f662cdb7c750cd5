"""What people type for a command of another tool, and what does it here."""

from __future__ import annotations

_MEANT = {
    "`strat backtest FILE --data SRC`": "run bt simulate simulation trade start execute",
    "`strat backtest FILE --data SRC --out DIR`, which writes report.html": "plot report chart show view graph html",
    "`strat sweep FILE --data SRC --grid fast=5:50:5`": "optimize optimise optimization optimisation opt hyperopt grid",
    "`strat check FILE`": "lint validate compile build parse analyze analyse typecheck",
    "`strat check FILE --fix`": "fix mend repair",
    "`strat functions QUERY`": "indicators indicator docs doc list",
    "`strat eval EXPR --data SRC`": "calc calculate compute evaluate print exec",
    "`strat explain FILE`": "describe read",
    "`strat verify FILE --data SRC`": "repaint lookahead lookahead-analysis recursive-analysis",
    "`strat --help`": "help",
    "`strat --version`": "version",
    "a path behind --data: a CSV or Parquet file, a folder of them, or sample:AAPL": "download fetch download-data",
}
MEANT = {typed: does for does, words in _MEANT.items() for typed in words.split()}
"""The command of another tool, and what to type here."""


def told(typed: str) -> str:
    """What to type instead, "" if nothing is known; a file given without its command is run or checked."""
    if typed.lower() in MEANT:
        return f": here it is {MEANT[typed.lower()]}"
    if typed.endswith(".strat"):
        return f": to run a file, `strat backtest {typed} --data SRC`; to check it, `strat check {typed}`"
    return ""
