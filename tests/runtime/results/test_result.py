"""`Result`: made when asked for, kept, and readable wherever it is shown."""

from __future__ import annotations

import html
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.write import read

from . import made


def test_stats_are_those_of_the_json() -> None:
    result = Result(made.traded(200))
    assert result.stats["trades"] == 8
    assert result.stats["symbol"] == "TEST"
    assert dict(result.stats)["return"] == result.values["return"]
    assert len(result.stats) == len(list(result.stats))


def test_a_wrong_name_is_told_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean win_rate"):
        Result(made.traded(50)).stats["winrate"]


def test_tables_are_made_once() -> None:
    result = Result(made.traded(120, records=[]))
    assert result.trades is result.trades
    assert (len(result.trades), len(result.orders), len(result.equity), len(result.monitors)) == (5, 9, 120, 0)


def test_readings_of_the_monitors_that_were_not_kept_are_no_empty_table() -> None:
    program = sg.compile("enter long when close > open")
    plain, watched = (program.backtest("sample:AAPL", monitors=kept) for kept in (False, True))
    with pytest.raises(sg.RunError, match="not kept: run with monitors=True"):
        _ = plain.monitors
    assert len(watched.monitors) > len(watched.equity)


def test_series_come_from_the_run() -> None:
    result = Result(made.traded(100))
    assert np.array_equal(result.series["distance"], result.output.series["distance"], equal_nan=True)
    assert list(result.series) == ["slow average", "distance"]
    assert list(Result(made.output(made.bars([1.0]))).series) == []


def test_write_leaves_all_six_files(tmp_path: Path) -> None:
    paths = Result(made.traded(80)).write(tmp_path)
    tables = {f"{name}.csv" for name in ("trades", "orders", "equity", "daily")}
    assert {path.name for path in paths} == {"result.json", "report.html", *tables}
    assert read(tmp_path).document["trades"] == 3
    assert len(Result(made.traded(80)).write(tmp_path, report=False)) == 5


def test_repr_is_one_line() -> None:
    text = repr(Result(made.traded(200)))
    assert text.startswith("<Result 'made' TEST 1d: return=") and "\n" not in text


class Texts(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_statistics_are_a_line_and_a_table() -> None:
    result = Result(made.traded(100))
    for shown, name, least in ((result.stats, "Stats", 40), (result.metrics(), "Metrics", 100)):
        line = repr(shown)
        assert line.startswith(f"<{name}: return=") and line.endswith(" more>") and len(line) < 120, line
        html = shown._repr_html_()
        assert html.count("<tr>") >= least and ">Sharpe</th>" in html and html.startswith("<table>")
        assert f"<td>{float(shown['return']):.2%}</td>" in html


def test_notebooks_get_a_harmless_table() -> None:
    html = Result(made.traded(100, strategy="<script>boo</script>"))._repr_html_()
    assert "script" not in Texts(html).tags
    assert "&lt;script&gt;" in html and "Max drawdown" in html


def test_summary_is_the_terminal_screen() -> None:
    assert "Max drawdown" in Result(made.traded(100)).summary(ascii=True)


def test_stats_need_no_heavy_import() -> None:
    code = (
        "import sys; from tests.runtime.results import made;"
        "from stratagem.runtime.results.result import Result;"
        "Result(made.traded(50)).summary(); dict(Result(made.traded(50)).stats);"
        "print([name for name in ('pyarrow', 'bokeh', 'pandas', 'numba') if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_view_shows_in_a_notebook_opens_in_a_browser_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = Result(made.traded(80))
    view = result.plot()
    assert view.save(tmp_path / "a.html").read_text(encoding="utf-8") == view.html
    assert result.report(tmp_path / "b.html").read_text(encoding="utf-8") == view.html
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert view.show().as_uri() == opened[0] and view.show().read_text(encoding="utf-8") == view.html
    frame = view._repr_html_()
    assert frame.startswith("<iframe") and html.unescape(frame).count("<!doctype html>") == 1
    assert ".show()" in repr(view)


def test_notes_are_those_of_the_run() -> None:
    result = Result(made.traded(80))
    assert result.notes == result.output.notes


def test_metrics_are_made_by_what_only_they_need() -> None:
    """The statistics of a result load nothing of the wider set."""
    code = (
        "import sys; from stratagem.runtime.results.result import Result; from tests.runtime.results import made;"
        "result = Result(made.traded(90)); result.stats['sharpe'];"
        "assert not [n for n in sys.modules if n.rpartition('.')[2] in ('figures', 'wider', 'drops', 'bootstrap')];"
        "result.metrics()['omega']; assert 'stratagem.runtime.results.figures' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).resolve().parents[3])
