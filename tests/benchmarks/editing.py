"""What an editor waits for at each key: the analysis of 300 lines of shipped strategies, with a letter more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from stratagem.lang.analysis.analysis import analyse, is_own
from stratagem.lang.analysis.kinds import painted
from stratagem.lang.diagnostics.edits import edited
from stratagem.lang.diagnostics.model import Edit
from stratagem.lang.syntax import tree

from .figures import Figure

STRATEGIES = Path(__file__).resolve().parents[2] / "strategies"
LINES = 300
SEVERAL = ("pairs", "rotation", "risk_parity")
"""Strategies of several symbols, whose statements cannot stand beside others'."""
_KEPT = (tree.Param, tree.Let, tree.State, tree.Fn, tree.Enter, tree.Exit, tree.Cancel)


def measure(rounds: int) -> Iterator[Figure]:
    text = sample()
    places = [token.start for token in analyse(text).tokens]
    taken = []
    for at in places[:: max(1, len(places) // (4 * rounds))]:
        changed = text[:at] + "x" + text[at:]
        began = perf_counter()
        analyse(changed)
        taken.append(perf_counter() - began)
    yield Figure(f"a letter more in {LINES} lines: analysis, median", median(taken) * 1e3, "ms", 30)
    yield Figure(f"a letter more in {LINES} lines: analysis, the longest", max(taken) * 1e3, "ms")
    analysis = analyse(text)
    began = perf_counter()
    painted(analysis)
    yield Figure(f"{LINES} lines: their colours", (perf_counter() - began) * 1e3, "ms")


def sample() -> str:
    """Definitions, entries and exits of shipped strategies with their comments, until there are so many lines."""
    parts = ["guard exposure 300%\n"]
    number = 0
    while sum(part.count("\n") for part in parts) < LINES:
        for file in (file for file in sorted(STRATEGIES.glob("*.strat")) if file.stem not in SEVERAL):
            parts.append(_part(file.read_text(encoding="utf-8"), f"_{number}"))
            number += 1
    text = "\n".join("".join(parts).split("\n")[:LINES])
    whole = text[: text.rfind("\nlet ")] + "\n"  # no statement is cut in two
    faults = [found.message for found in analyse(whole).diagnostics if found.is_error]
    assert not faults, faults
    return whole


def _part(text: str, suffix: str) -> str:
    """What can stand beside other strategies, its own names made different."""
    analysis = analyse(text)
    names = {span for d in analysis.resolution.definitions if is_own(d) and d.span for span in (d.span, *d.uses)}
    renamed = [Edit(span, text[span.start : span.end] + suffix) for span in sorted(names, key=lambda span: span.start)]
    other = [
        Edit(statement.span, "") for statement in analysis.module.statements
        if not isinstance(statement, _KEPT) or getattr(statement, "symbol", "")
    ]  # fmt: skip
    inside = [edit for edit in renamed if not any(o.span.start <= edit.span.start < o.span.end for o in other)]
    return edited(text, (*inside, *other))
