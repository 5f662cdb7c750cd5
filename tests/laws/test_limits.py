"""Law 18: any bytes as source and any table as data end in a result or a diagnostic, within stated time."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import stratagem as sg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .bars import bars
from .programs import Writer

pytestmark = pytest.mark.filterwarnings("error")

PROMPT = 2.0
"""Seconds in which a source of a few thousand bytes is answered, on a busy machine."""
STRATEGIES = [path.read_bytes() for path in sorted((Path(__file__).parents[2] / "strategies").glob("*.strat"))]
USED = """stratagem 1
let h = ema(close, 3) @ 1d
enter long when close > h or is_na(volume) stop 1% target 2%
exit long when rsi(close, 3) > 50
"""
law = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def answered(source: bytes, within: float = PROMPT) -> None:
    """Compiles, or is refused with diagnostics that point into the source."""
    began = time.process_time()
    try:
        sg.CompiledProgram(source)
    except sg.CompileError as error:
        assert error.diagnostics
        assert all(d.code and d.message and 0 <= d.span.start <= d.span.end for d in error.diagnostics)
    assert time.process_time() - began < within, source[:500]


@given(source=st.binary(max_size=2_000))
@settings(law, max_examples=200)
def test_any_bytes(source: bytes) -> None:
    answered(source)


LETTERS = [*"abcdfhilmnrsxz_0159.,:(){}[]@+-*/%<>=!\"'#\n \t\\", "é", "\x00", "\u202e"]


@given(source=st.text(alphabet=st.sampled_from(LETTERS)))
@settings(law, max_examples=200)
def test_any_text(source: str) -> None:
    answered(source.encode())


@given(random=st.randoms(use_true_random=True))
@settings(law, max_examples=250)
def test_programs_with_pieces_moved(random: Random) -> None:
    """Words of real programs dropped, doubled, swapped and cut: what an editor holds between two key presses."""
    text = random.choice(STRATEGIES) if random.random() < 0.5 else Writer(random).program().encode()
    words = text.split(b" ")
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(words))
        change = random.randrange(5)
        if change == 0:
            del words[at]
        elif change == 1:
            words.insert(at, random.choice(words))
        elif change == 2:
            words[at] = words[at][: random.randrange(len(words[at]) + 1)]
        elif change == 3:
            words[at] = bytes([random.randrange(256)]) + words[at]
        else:
            words[at] = random.choice(random.choice(STRATEGIES).split(b" "))
        words = words or [b""]
    answered(b" ".join(words))


LONG = {
    "plots of one name": "plot close\n" * 12_000,
    "names that are unknown": "".join(f"let a{i} = foo{i}\n" for i in range(4_000)),
    "functions that are unknown": "".join(f"fn g{i}(x) = x\nlet a{i} = foo{i}(1)\n" for i in range(4_000)),
    "signals": "".join(f"emit e{i} when close > {i}\n" for i in range(6_000)),
    "guards": "guard drawdown 5%\n" * 12_000,
    "a chain of averages": "let a0 = close\n"
    + "".join(f"let a{i} = sma(a{i - 1}, 3)\n" for i in range(1, 4_000))
    + "enter long when a3999 > 0\n",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_takes_time_by_its_length(text: str) -> None:
    """What grows with the square of the length takes minutes here."""
    answered(text.encode(), 5 * PROMPT)


# --- tables ----------------------------------------------------------------------------------------------

ODD = [float("nan"), float("inf"), -float("inf"), 0.0, -0.0, -1.0, 1e308, 5e-324, 1e-8, 2.0**53, None]
COLUMNS = ("ts", "open", "high", "low", "close", "volume")
program = sg.compile(USED)


def run(data: Any) -> None:
    """Runs, or says what is wrong with the data; under every policy."""
    for policy in ("fail", "drop", "keep"):
        for engine in ("native", "interpreted"):
            try:
                result = program.backtest(data, policy=policy, engine=engine)
            except (sg.DataError, sg.RunError) as error:
                assert str(error)
            else:
                assert np.isfinite(result.equity["equity"].to_numpy()).all()


def _table(random: Random) -> dict[str, Any]:
    """Bars with a few things wrong."""
    table: dict[str, Any] = bars(random, random.randrange(0, 40) or 1, random.choice([15, 60, 1440]))
    for _ in range(random.randrange(4)):
        _spoil(table, random)
    return table


def _spoil(table: dict[str, Any], random: Random) -> None:
    name = random.choice(sorted(table))
    column = np.array(table[name], copy=True)
    at, change = random.randrange(max(1, len(column))), random.randrange(7)
    if change == 0:
        table.pop(name)
    elif change == 1:
        table[name] = column[: random.randrange(len(column) + 1)]
    elif change == 2:
        table[name] = column.astype(str)
    elif change == 3:
        table[name] = np.array([random.choice(ODD) for _ in column], dtype=object)
    elif change == 4 and len(column):
        table[name] = np.roll(column, random.randrange(len(column)))
    elif change == 5 and name != "ts" and len(column):
        column[at] = random.choice(ODD[:-1])
        table[name] = column
    elif len(column):
        column[at:] = column[at]
        table[name] = column


@given(random=st.randoms(use_true_random=True))
@settings(law, max_examples=150)
def test_any_mapping(random: Random) -> None:
    run(_table(random))


@given(random=st.randoms(use_true_random=True))
@settings(law, max_examples=75)
def test_any_arrow_table(random: Random) -> None:
    table = _table(random)
    try:
        made = pa.table({name: pa.array(column) for name, column in table.items()})
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return
    run(made)


@given(content=st.one_of(st.binary(max_size=600), st.text(max_size=600).map(str.encode)), kind=st.sampled_from(
    [".csv", ".tsv", ".parquet", ".arrow", ".feather", ".duckdb", ".txt", ""]))  # fmt: skip
@settings(law, max_examples=100)
def test_any_file(tmp_path_factory: pytest.TempPathFactory, content: bytes, kind: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"data{kind}"
    path.write_bytes(content)
    run(str(path))


@given(random=st.randoms(use_true_random=True))
@settings(law, max_examples=100)
def test_any_csv(tmp_path_factory: pytest.TempPathFactory, random: Random) -> None:
    """A good file with bytes changed."""
    rows = [",".join(COLUMNS)]
    data = bars(random, 20, 60)
    rows += [",".join(str(data[name][i]) for name in COLUMNS) for i in range(20)]
    content = bytearray("\n".join(rows).encode())
    for _ in range(random.randrange(1, 8)):
        content[random.randrange(len(content))] = random.choice(b'0159.,-:T"\n;\t eZ\xff\x00')
    path = tmp_path_factory.mktemp("csv") / "data.csv"
    path.write_bytes(content)
    run(str(path))


NO_TABLES = [None, 3, "", "no such file.csv", [], {}, {"ts": []}, object, {"ts": "x"}, b"", [1, 2]]


@pytest.mark.parametrize("data", NO_TABLES, ids=repr)
def test_what_is_no_table_at_all(data: Any) -> None:
    with pytest.raises((sg.DataError, sg.RunError)):
        program.backtest(data)
