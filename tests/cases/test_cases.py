"""Every case of every rule, in both engines, all bars at once and bar by bar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from math import isnan
from typing import Any

import pytest
import stratagem as sg

from ..each import each
from .model import EXPECTED, Case, Row, read_rule, rules_there
from .runs import Left, batch, compiled, session

WAYS = {"batch": batch, "session": session}
DIFFERS = pytest.fail.Exception
NOT_YET = (sg.CompileError, sg.RunError)  # the language does not have it, or nothing runs it
AT_THE_END = "end"  # a reason that a session, which goes on, never gives
ONLY_SESSION = ("entry_moment", "exit_moment")  # of a trade


def _params() -> Iterator[Any]:
    for rule in rules_there():
        for case in read_rule(rule).cases:
            if case.given.get("batch_only") and not EXPECTED & case.given.keys() - {"alerts", "decided"}:
                raise ValueError(f"{case.name}: only a session tells alerts and decisions, so that nothing is held")
            for engine in ("interpreted", "native"):
                yield pytest.param(case, engine, id=f"{rule}-{case.name}-{engine}")


@pytest.mark.parametrize("case, engine", list(_params()))
def test_a_case(case: Case, engine: str) -> None:
    """Each way; one that is known to fail fails in all of them, or is known no longer."""
    ways = WAYS if not case.given.get("batch_only") else ("batch",)
    for known, raised in (("not_yet", NOT_YET), ("disagrees", DIFFERS)):
        if known in case.given:
            for way in ways:
                with pytest.raises(raised):
                    _is_as_expected(case, engine, way)
            pytest.xfail(case.given[known])
    each(ways, lambda way: _is_as_expected(case, engine, way))


def _is_as_expected(case: Case, engine: str, way: str) -> None:
    refused = case.given.get("refused") or (way == "session" and case.given.get("session_refused"))
    if refused:
        with pytest.raises((sg.CompileError, sg.RunError)) as caught:
            WAYS[way](case, engine)
        assert refused in str(caught.value), f"refused for another reason:\n{caught.value}\n\n{case.text}"
        return
    differ = list(differences(case, WAYS[way](case, engine)))
    if differ:
        pytest.fail("\n".join([f"rule {case.rule}, {engine} {way}:", *differ, "", case.text]), pytrace=False)


def differences(case: Case, left: Left) -> Iterable[str]:
    """One line for each row that is not as expected."""
    if case.trades is not None:
        expected = [row for row in case.trades if left.whole or row["exit_reason"] != AT_THE_END]
        skip = ONLY_SESSION if left.whole else ()
        yield from _rows("trade", [{n: v for n, v in row.items() if n not in skip} for row in expected], left.trades)
    if case.orders is not None:
        expected = [row for row in case.orders if left.whole or row["reason"] != AT_THE_END]
        yield from _rows("order", expected, left.orders)
    for row in case.table("books"):
        found = next((books for books in left.books if books["bar"] == row["bar"]), {})
        yield from _row(f"bar {row['bar']:g}", {n: v for n, v in row.items() if left.whole or n in found}, found)
    records = case.table("monitors")
    for bar in dict.fromkeys(row["bar"] for row in records):
        ours, theirs = ([row for row in rows if row["bar"] == bar] for rows in (records, left.monitors))
        yield from _rows(f"bar {bar:g}, monitor", ours, theirs)
    for name, bars in case.signals.items():
        if bars != left.signals[name]:
            yield f"signal {name}: expected on bars {bars}, found {left.signals[name]}"
    yield from _summary(case, left)


def _summary(case: Case, left: Left) -> Iterable[str]:
    if left.counts is not None:
        yield from _row("counts", case.given.get("counts", {}), left.counts)
        yield from _row("assumptions", case.given.get("assumes", {}), left.counts["assumptions"])
    if left.notes is not None:
        for note in case.given.get("notes", []):
            if not any(note in told for told in left.notes):
                yield f"note: expected {note!r}, found {left.notes}"
    if "warned" in case.given:
        warnings = [told.message for told in compiled(case.given["program"]).diagnostics]
        if case.given["warned"] not in "\n".join(warnings):
            yield f"warning: expected {case.given['warned']!r}, found {warnings}"
    if not left.whole and "alerts" in case.given:
        bars = [int(bar) for bar in str(case.given["alerts"]).split()]
        if bars != left.alerts:
            yield f"alert: expected on bars {bars}, found {left.alerts}"
    if not left.whole and "decided" in case.given:
        ours = (case.given["decided"] or "").splitlines()
        if ours != left.decided:
            yield f"decisions told: expected {ours}, found {left.decided}"


def _rows(what: str, expected: list[Row], found: list[Row]) -> Iterable[str]:
    for at, (ours, theirs) in enumerate(zip_longest(expected, found)):
        if ours is None or theirs is None:
            yield f"{what} {at}: expected {ours}, found {theirs}"
        else:
            yield from _row(f"{what} {at}", ours, theirs)


def _row(what: str, expected: Row, found: Row) -> Iterable[str]:
    for name, value in expected.items():
        if not _same(value, found.get(name)):
            yield f"{what}: {name} expected {value!r}, found {found.get(name)!r}"


def _same(expected: Any, found: Any) -> bool:
    """Numbers to 1e-9; a missing one is told as None or as na."""
    if isinstance(expected, str):
        return expected in ("*", found)
    if expected is None or expected != expected:
        return found is None or (isinstance(found, float) and isnan(found))
    return found is not None and float(found) == pytest.approx(expected, rel=1e-9, abs=1e-9)
