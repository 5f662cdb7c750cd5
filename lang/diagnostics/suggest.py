"""The nearest right name: "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable

ELSEWHERE = {
    "commission": "fee", "commissions": "fee", "fees": "fee", "cost": "fee", "costs": "fee", "slip": "slippage",
    "bid_ask": "spread", "cash": "capital", "balance": "capital", "deposit": "capital", "init_cash": "capital",
    "initial_cash": "capital", "initial_capital": "capital", "starting_capital": "capital", "begin": "from",
    "since": "from", "start": "from", "start_date": "from", "end": "to", "end_date": "to", "until": "to",
    "file": "data", "input": "data", "dir": "out", "output": "out", "interval": "timeframe", "freq": "timeframe",
    "resolution": "timeframe", "ticker": "symbol", "pair": "symbol", "zone": "timezone", "tick_size": "tick",
    "lot_size": "lot", "multiplier": "point_value", "optimise": "grid", "optimize": "grid",
}  # fmt: skip
"""What other tools call an option or an assumption, and what it is called here."""


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `name`, or None if none is close enough to be worth saying."""
    import difflib  # a few milliseconds, needed only where something is wrong

    known = list(candidates)
    folded = {candidate.lower(): candidate for candidate in reversed(known)}
    if name.lower() in folded:
        return folded[name.lower()]
    found = difflib.get_close_matches(name.lower(), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def option(name: str, candidates: Iterable[str]) -> str | None:
    """The option or assumption that may be meant: by the name it has in other tools, or by likeness."""
    known = {_bare(candidate): candidate for candidate in candidates}
    said = {there: known[here] for there, here in ELSEWHERE.items() if here in known} | known
    return said.get(nearest(_bare(name), said) or "")


def _bare(name: str) -> str:
    return name.strip("-_").replace("-", "_").lower()
