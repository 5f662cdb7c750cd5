"""Trade lists that others published, reproduced trade for trade by strategies written in the language.

Compared are side, times and prices (to the tick) of every trade of the reference; a trade that was open at
the end of the reference is compared by its entry. `cases.py` says which file is which list.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import stratagem
from stratagem.runtime.results.result import Result

from .cases import CASES, OTHERS, Case

FOLDER = Path(__file__).parent
NO_TICK = 1e-5
"""Where a list has no price grid, its prices agree to half of this."""


@cache
def manifest(shared: Path) -> dict[str, Any]:
    entries = json.loads((shared / "golden/strategies/manifest.json").read_text(encoding="utf-8"))
    return {entry["id"]: entry for entry in entries}


def data_file(shared: Path, entry: dict[str, Any]) -> Path:
    name = entry["data_file"].partition(" (")[0]
    return shared / ("golden" if name.startswith("strategies/") else "") / name


def data(shared: Path, case: Case) -> Any:
    """The file of the list; of one that holds several symbols, the rows of the case's."""
    from pyarrow import compute, parquet

    path = data_file(shared, manifest(shared)[case.reference])
    if case.symbol is None:
        return path
    table = parquet.read_table(path)
    return table.filter(compute.equal(table["symbol"], case.symbol))


def run(shared: Path, case: Case) -> tuple[dict[str, Any], Result]:
    entry = manifest(shared)[case.reference]
    program = stratagem.compile(FOLDER / f"{case.file}.strat")
    result = program.backtest(
        data(shared, case), from_=entry.get("trading_enabled_from"), data_from=case.data_from
    )
    return entry, result


Trade = dict[str, Any]


def reference_trades(shared: Path, entry: dict[str, Any]) -> list[Trade]:
    from pyarrow import parquet

    return parquet.read_table(shared / "golden" / entry["trades_file"]).to_pylist()  # type: ignore[no-any-return]


def minute(moment: Any) -> str:
    return str(moment)[:16]


def lots_as_one(trades: list[Trade]) -> list[Trade]:
    """Lots of one side with the same entry and exit as one row, in the order of their entries and exits."""
    names = ("side", "entry_time", "entry_price", "exit_time", "exit_price")
    rows: dict[tuple[Any, ...], Trade] = {}
    for trade in trades:
        row = rows.setdefault(tuple(trade[name] for name in names), {**trade, "quantity": 0.0})
        row["quantity"] += trade["quantity"]
    return sorted(rows.values(), key=lambda row: (row["entry_time"], row["exit_time"]))


ALIKE = tuple(case for case in CASES if case.agrees)
UNLIKE = tuple(case for case in CASES if not case.agrees)


@pytest.mark.parametrize("case", ALIKE, ids=lambda case: case.file)
def test_every_trade_of_the_reference(shared: Path, case: Case) -> None:
    entry, result = run(shared, case)
    tick = float(entry.get("tick") or NO_TICK)
    ours = result.trades.to_pylist()
    if case.lots_as_one:
        ours = lots_as_one(ours)
    reference = reference_trades(shared, entry)
    differing = []
    for number, wanted in enumerate(reference):
        found = ours[number] if number < len(ours) else None
        still_open = number == len(reference) - 1 and (entry.get("last_trade_is_open") or _closed_by_engine(entry))
        if found is None or not _same(wanted, found, tick, still_open):
            differing.append((number, wanted, found))
    assert not differing, differing[:3]
    later = [trade for trade in ours[len(reference) :] if _compared(trade, entry)]
    assert not later, f"trades that the reference does not have: {later[:3]}"


@pytest.mark.parametrize("case", UNLIKE, ids=lambda case: case.file)
def test_all_but_the_trades_that_are_known_to_differ(shared: Path, case: Case) -> None:
    entry, result = run(shared, case)
    tick = float(entry.get("tick") or NO_TICK)
    ours = Counter(_row(trade, tick, case) for trade in result.trades.to_pylist() if _compared(trade, entry))
    reference = Counter(_row(trade, tick, case) for trade in reference_trades(shared, entry))
    assert (reference - ours).total() == case.differences, f"{case.why}: {list(reference - ours)[:3]}"
    assert (ours - reference).total() <= case.differences, list(ours - reference)[:3]


def _row(trade: Trade, tick: float, case: Case) -> tuple[object, ...]:
    """Side, and time and price of the entry and, unless entries alone are compared, the exit."""
    names = ("entry",) if case.entries_alone else ("entry", "exit")
    return (
        trade["side"],
        *((minute(trade[f"{name}_time"]), round(trade[f"{name}_price"] / tick)) for name in names),
    )


def _compared(trade: Trade, entry: dict[str, Any]) -> bool:
    until = entry.get("compare_until")
    return until is None or str(trade["entry_time"]) < until


def _same(wanted: Trade, found: Trade, tick: float, still_open: bool) -> bool:
    """Side, entry and exit to the minute and the tick; of an open trade the entry alone."""
    names = ("entry",) if still_open else ("entry", "exit")
    if wanted["side"] != found["side"]:
        return False
    return all(
        minute(wanted[f"{name}_time"]) == minute(found[f"{name}_time"])
        and abs(wanted[f"{name}_price"] - found[f"{name}_price"]) < tick / 2 + 1e-9
        for name in names
    )


def _closed_by_engine(entry: dict[str, Any]) -> bool:
    """backtesting.py closes at the end of the data, at the last open; here it is marked at the last close."""
    return bool(entry["source"] in ("backtesting_py", "backtrader"))


def test_lots_that_a_list_writes_in_one_row_have_its_quantities(shared: Path) -> None:
    for case in (case for case in CASES if case.lots_as_one):
        entry, result = run(shared, case)
        reference = reference_trades(shared, entry)
        ours = lots_as_one(result.trades.to_pylist())[: len(reference)]
        assert [row["quantity"] for row in ours] == [row["qty"] for row in reference]


@pytest.mark.parametrize("file", ["barupdn", "supertrend_equity"])
def test_quantities_that_are_shares_of_equity(shared: Path, file: str) -> None:
    """To the lot, over thousands of trades: a share of equity carries every cent of the trades before it."""
    entry, result = run(shared, next(case for case in CASES if case.file == file))
    reference = reference_trades(shared, entry)
    assert [row["quantity"] for row in result.trades.to_pylist()][: len(reference)] == [row["qty"] for row in reference]


def test_at_least_thirty_nine_sets_agree_in_every_trade() -> None:
    agreeing = {case.reference for case in ALIKE} | set(OTHERS.values())
    assert len(agreeing) >= 39
    assert len({case.reference for case in CASES} | set(OTHERS.values())) == len(CASES) + len(OTHERS)


def test_every_file_here_is_a_case() -> None:
    named = {case.file for case in CASES} | set(OTHERS)
    assert named == {path.stem for path in FOLDER.glob("*.strat")}
