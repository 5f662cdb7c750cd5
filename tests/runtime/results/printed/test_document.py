"""The printed report: whatever the run, it is whole; it tells what the page tells; without ReportLab it says so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.results.format import shown
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.metrics.wider import METRICS
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.printed import tables, type
from stratagem.runtime.results.printed.charts import calendar, thinned, ticks
from stratagem.runtime.results.printed.document import printed
from stratagem.runtime.results.result import Result

from .. import made
from ..report.test_page import RUNS
from ..several.made import run as several_run

needed = pytest.mark.skipif(
    not __import__("importlib.util").util.find_spec("reportlab"),
    reason="ReportLab is not installed: pip install 'stratagem[pdf]'",
)
SEVERAL = {
    "several symbols": several_run,
    "many of everything": lambda: made.traded(
        3000, params={f"p{at}": at for at in range(200)}, hold=2, notes=tuple(f"note {at} " * 40 for at in range(90)),
        source="# " + "wide " * 300 + "\n" * 400,
    ),
    "all lost": lambda: made.output(made.bars(np.linspace(100, 50, 40)), np.linspace(100_000, -5, 40).tolist()),
    "a price of nothing": lambda: made.output(made.bars([0.0, 0.0, 1.0]), [1e5, 1e5, 1e5]),
    "intraday elsewhere": lambda: made.traded(500, frame="15m", assumptions={"capital": 1e5, "timezone": "Asia/Tokyo"}),
}  # fmt: skip


def told(output: RunOutput, folder: Path) -> str:
    """The texts on its pages."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("no pdftotext on this machine to read the report with")
    path = Result(output).pdf(folder / "report.pdf")
    done = subprocess.run([reader, "-layout", str(path), "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


@needed
@pytest.mark.parametrize("name", [*RUNS, *SEVERAL])
def test_every_run_has_one(name: str) -> None:
    data = printed(Measured({**RUNS, **SEVERAL}[name]()))
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") and data.count(b"/Type /Page\n") >= 1


@needed
def test_equal_runs_make_equal_bytes() -> None:
    one, two = (printed(Measured(made.traded(200))) for _ in range(2))
    assert one == two != printed(Measured(made.traded(201)))


@needed
def test_it_tells_every_figure_every_note_and_the_text(tmp_path: Path) -> None:
    output = made.traded(600, notes=("the first weekly bar is partial",), params={"fast": 12}, first=30)
    text, values = told(output, tmp_path), Result(output).metrics()
    for name, definition in METRICS.items():
        line = re.compile(rf"{re.escape(definition.title)}\s+{re.escape(shown(values[name], definition.unit))}(?!\S)")
        assert line.search(text), name
    for part in ("the first weekly bar is partial", "fast", "12", output.source_hash[:20], 'strategy "made"',
                 "stratagem", "Equity", "Drawdown", "Best days", "Months"):  # fmt: skip
        assert part in text, part
    (trade,) = (line for line in text.splitlines() if re.match(r"\s*7\s+long", line))
    row = Result(output).trades.to_pylist()[6]
    assert str(row["entry_time"])[:10] in trade and f"{row['pnl']:+,.2f}" in trade and f"{row['return']:+.2%}" in trade


@needed
def test_several_symbols_are_told_each(tmp_path: Path) -> None:
    output = several_run()
    text = told(output, tmp_path)
    for row in Result(output).attribution.to_pylist():
        assert re.search(rf"{row['symbol']}\s+{re.escape(shown(row['pnl'], 'money'))}\s", text)
    assert "the index of all symbols" in text


@needed
def test_a_long_list_says_that_it_is_the_last(tmp_path: Path) -> None:
    output = made.traded(4000, hold=2)
    assert len(output.trades) > tables.LISTED
    text = told(output, tmp_path)
    assert f"The last 500 of {len(output.trades):,}" in text
    numbers = [int(found) for found in re.findall(r"^\s*(\d+)\s+long\s+2", text, re.M)]
    assert numbers == list(range(len(output.trades), len(output.trades) - 500, -1))


@needed
def test_a_benchmark_that_would_flatten_equity_is_told(tmp_path: Path) -> None:
    equity = np.linspace(100.0, 101.0, 120).tolist()
    output = made.output(made.bars(np.linspace(10.0, 500.0, 120)), equity, capital=100.0)
    assert "It goes beyond this scale, which is that of equity: it ends at 5,000.00" in told(output, tmp_path)


@needed
def test_what_the_font_lacks_stands_as_its_number(tmp_path: Path) -> None:
    assert type.words("Ω√≥− 中 a\nb") == "Ω√≥− [U+4E2D] a[U+000A]b"
    assert type.words("für 中", type.CODE) == "für [U+4E2D]"
    text = told(replace(made.traded(50), strategy="<b>中</b> & co"), tmp_path)
    assert "<b>[U+4E2D]</b> & co" in text


@needed
def test_result_writes_it_alone_and_with_the_rest(tmp_path: Path) -> None:
    result = Result(made.traded(60))
    assert result.pdf(tmp_path / "deep" / "one.pdf").read_bytes() == printed(result.run)
    paths = result.write(tmp_path, report=False, pdf=True)
    assert paths[-1].name == "report.pdf" and paths[-1].read_bytes() == printed(result.run)
    result.write(tmp_path, report=False)
    assert not (tmp_path / "report.pdf").exists(), "it was of another run"


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "reportlab"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)
    type.library.cache_clear()
    try:
        for write in (lambda: Result(made.traded(60)).pdf(tmp_path / "r.pdf"),
                      lambda: Result(made.traded(60)).write(tmp_path, pdf=True)):  # fmt: skip
            with pytest.raises(UsageFault, match=r"pip install 'stratagem\[pdf\]'"):
                write()
    finally:
        type.library.cache_clear()
    assert list(tmp_path.iterdir()) == []


def test_a_line_is_thinned_to_the_extremes_of_its_columns() -> None:
    values = np.sin(np.arange(7000) / 50.0)
    values[3210], values[100:400] = 9.0, np.nan
    bars, kept = thinned(values)
    assert len(bars) <= 1400 and kept.max() == 9.0 and np.nanmin(values) == kept.min() and (np.diff(bars) > 0).all()
    assert np.isfinite(kept).all() and len(thinned(values[:900])[0]) == 900


def test_ticks_are_round_and_inside() -> None:
    for low, high in ((0.0, 1.0), (-0.31, 0.02), (99_990.0, 1_584_243.0), (1e-9, 3e-9)):
        found = ticks(low, high)
        assert 2 <= len(found) <= 6 and min(found) >= low - 1e-12 and max(found) <= high * (1 + 1e-9)
    assert ticks(5.0, 5.0) == [5.0]


@pytest.mark.parametrize(("count", "frame"), [(9000, "1d"), (400, "1d"), (30, "1d"), (500, "1h"), (4000, "1w")])
def test_the_calendar_has_few_names_where_something_begins(count: int, frame: str) -> None:
    names = calendar(made.output(made.walk(count, frame=frame)))
    assert 1 <= len(names) <= 9 and len({name for _, name in names}) == len(names)
    assert calendar(made.output(made.walk(1))) == []
