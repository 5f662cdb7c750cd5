"""The page in a browser: what is filtered, clicked and picked does what the page says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stratagem.runtime.results.output import Plot, RunOutput
from stratagem.runtime.results.result import Result

from .. import made
from ..several.made import run as several_run

BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine to open the page in")

FRAME = """<script>
(async () => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  while (!document.documentElement.dataset.ready) await pause(20);
  const model = (name) => Bokeh.documents[0].get_model_by_name(name);
  const rows = () => Array.from(document.querySelectorAll("#table tbody tr"), (row) => row.cells[0].textContent);
  const told = {};
  %s
  document.documentElement.dataset.told = JSON.stringify(told);
})();
</script>"""


def told(output: RunOutput, script: str, folder: Path, width: int = 1280) -> Any:
    """What a script that runs in the finished page noted."""
    path = Result(output).report(folder / "report.html")
    path.write_text(path.read_text(encoding="utf-8") + FRAME % script, encoding="utf-8")
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    command = [str(BROWSER), *flags.split(), f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000"]
    size = f"--window-size={width},1000"
    shown = subprocess.run([*command, size, "--dump-dom", path.as_uri()], capture_output=True, text=True, timeout=120)
    found = re.search(r'data-told="([^"]*)"', shown.stdout)
    assert found, shown.stderr[-2000:]
    return json.loads(found[1].replace("&quot;", '"'))


def test_a_number_finds_its_trade_and_a_column_sorts(tmp_path: Path) -> None:
    script = """
    const filter = element("filter");
    const type = (text) => { filter.value = text; filter.dispatchEvent(new Event("input")); };
    type("#7"); told.number = rows();
    type("bars >= 13"); told.none = rows();
    type(""); document.querySelector("#table th[data-name=pnl]").click(); told.sorted = rows();
    """
    output = made.traded(400)
    found = told(output, script, tmp_path)
    money = output.trades[:, 11]
    assert found["number"] == ["7"] and found["none"] == []
    assert found["sorted"] == [str(at + 1) for at in np.argsort(money, kind="stable")[:25]]


def test_a_drawdown_is_shown_and_the_last_pane_picked(tmp_path: Path) -> None:
    script = """
    const row = document.querySelector("#drawdowns .drops tbody tr");
    row.click(); await pause(100);
    told.span = [row.dataset.from, row.dataset.to].map(Number);
    told.seen = [model("bars").start, model("bars").end];
    const select = element("choice");
    told.titles = Array.from(select.options, (option) => option.textContent);
    told.tops = [];
    for (const at of [0, 5]) {
      select.value = at;
      select.dispatchEvent(new Event("change"));
      await pause(100);
      told.tops.push(model("chosen").y_range.end);
    }
    told.named = model("chosen_title").text;
    """
    found = told(made.traded(400), script, tmp_path)
    assert found["seen"][0] <= found["span"][0] < found["span"][1] <= found["seen"][1]
    assert found["titles"][0] == "position" and found["titles"][5] == "profit of the day"
    position, profit = found["tops"]
    assert position == pytest.approx(400, rel=0.1) and found["named"] == "profit of the day"
    assert profit == pytest.approx(Result(made.traded(400)).daily["pnl"].to_numpy().max(), rel=0.2)


def test_panes_move_together_and_candles_of_a_higher_timeframe_lie_beneath(tmp_path: Path) -> None:
    """Volume, exposure and the candles of four hours are those of the bars in view."""
    script = """
    const charts = ["price", "beside", "volume", "equity", "drawdown", "exposure", "chosen"].map(model);
    told.shared = charts.every((pane) => pane.x_range === model("bars"));
    const select = element("beside");
    told.titles = Array.from(select.options, (option) => option.textContent);
    told.before = model("beside").visible;
    select.value = 0; select.dispatchEvent(new Event("change")); await pause(100);
    told.all = model("beside_candles").data.x.length;
    const all = model("volumes").data.y.length;
    model("bars").setv({ start: 39.5, end: 79.5 });
    for (let i = 0; i < 100 && model("volumes").data.y.length === all; i++) await pause(50); // until a frame is drawn
    told.candles = model("beside_candles").data;
    told.volumes = model("volumes").data.y;
    told.net = model("net_line").data.y;
    told.shown = [model("beside").visible, model("beside_title").text];
    """
    output = made.traded(400, frame="1h", warmup={"base": 14, "4h": 2})
    found = told(output, script, tmp_path)
    assert found["shared"] and found["titles"] == ["none", "4h"] and found["before"] is False and found["all"] == 100
    bars, candles = output.bars, found["candles"]
    assert candles["x"] == [4 * at + 1.5 for at in range(10, 20)] and set(candles["width"]) == {3.2}
    for name, of in (("open", lambda v: v[0]), ("high", max), ("low", min), ("close", lambda v: v[-1])):
        assert candles[name] == [of(getattr(bars, name)[4 * at : 4 * at + 4].tolist()) for at in range(10, 20)], name
    assert found["volumes"] == [1000.0] * 40 and found["shown"] == [True, "4h"]
    held = output.quantity * bars.close / output.equity
    assert found["net"] == pytest.approx(held[40:80].tolist(), abs=1e-4) and max(found["net"]) > 0.1


def test_marks_are_thinned_and_counted_and_all_are_there_from_near(tmp_path: Path) -> None:
    script = """
    const now = () => [model("links").data.x0.length, model("marks").data.x.length / 2, element("scale").textContent];
    told.far = now();
    model("bars").setv({ start: 1000, end: 1400 });
    for (let i = 0; i < 100 && now()[0] === told.far[0]; i++) await pause(50); // until a frame has been drawn
    told.near = now();
    """
    output = made.traded(8000, hold=2)
    count = len(output.trades)
    found = told(output, script, tmp_path)
    drawn, marked, text = found["far"]
    assert drawn == 1000 and marked == 250 and count == 2000
    assert "1,000 of 2,000 trades are drawn, 250 of them with marks." in text
    drawn, marked, text = found["near"]
    assert drawn == marked == pytest.approx(100, abs=2) and "trades are drawn" not in text


@pytest.mark.parametrize(("dwarfed", "grown"), [(True, 50.0), (False, 1.001)])
def test_equity_has_its_pane_alone_where_the_benchmark_would_flatten_it(
    dwarfed: bool, grown: float, tmp_path: Path
) -> None:
    equity = np.linspace(100.0, 101.0, 120)
    output = made.output(made.bars(np.linspace(10.0, 10.0 * grown, 120)), equity.tolist(), capital=100.0)
    script = 'told.top = model("equity").y_range.end; told.scale = element("scale").textContent;'
    found = told(output, script, tmp_path)
    assert (found["top"] < 102.0) and ("leaves the pane" in found["scale"]) is dwarfed


@pytest.mark.parametrize(("width", "columns"), [(500, 2), (800, 3), (1280, 6)])
def test_every_screen_is_wide_enough(width: int, columns: int, tmp_path: Path) -> None:
    """Nothing but what scrolls within itself is wider than the screen; the headlines stand in fewer columns."""
    script = """
    const page = document.documentElement;
    told.over = page.scrollWidth - page.clientWidth;
    told.columns = getComputedStyle(document.querySelector(".cards")).gridTemplateColumns.split(" ").length;
    """
    found = told(made.traded(300), script, tmp_path, width)
    assert found == {"over": 0, "columns": columns}


def test_panes_of_plots_are_shown_with_the_symbol_whose_they_are(tmp_path: Path) -> None:
    script = """
    const select = element("symbol"), seen = () => [model("below0").visible, model("below0_line").data.y.length > 0,
      element("legend").textContent.includes("wish"), element("readout").textContent.includes("wish")];
    told.index = seen();
    select.value = 1; select.dispatchEvent(new Event("change")); await pause(50); told.late = seen();
    select.value = -1; select.dispatchEvent(new Event("change")); await pause(50); told.again = seen()[0];
    """
    output = several_run()
    assert output.several is not None
    series = [{"wish": each.close > 90} for each in output.several.bars]
    several = replace(output.several, series=series.__getitem__)
    found = told(replace(output, several=several, plots=(Plot("wish"),)), script, tmp_path)
    assert found == {"index": [False] * 4, "late": [True] * 4, "again": False}


def test_a_symbol_that_is_picked_has_its_own_candles_and_trades(tmp_path: Path) -> None:
    script = """
    const select = element("symbol"), marks = () => model("marks").data.x.length;
    const close = () => { const c = model("candles").data.close; return c[c.length - 1]; };
    told.index = [close(), marks(), element("scale").textContent];
    select.value = 1; select.dispatchEvent(new Event("change")); await pause(50);
    told.late = [close(), marks()];
    told.head = Array.from(document.querySelectorAll("#table th"), (cell) => cell.textContent).slice(0, 3);
    const row = document.querySelector("#table tbody tr");
    told.last = Array.from(row.cells, (cell) => cell.textContent).slice(0, 3);
    select.value = 0; select.dispatchEvent(new Event("change")); row.click(); await pause(50);
    told.picked = select.value;
    told.readout = element("readout").textContent;
    """
    output = several_run()
    found = told(output, script, tmp_path)
    assert output.several is not None
    late = output.several.bars[1]
    assert found["index"][1] == 0 and "Choose a symbol to see its trades." in found["index"][2]
    assert abs(found["index"][0] - output.bars.close[-1]) < 1e-6
    assert found["late"] == [float(late.close[-1]), 2 * int((output.several.trades == 1).sum())]
    assert found["head"] == ["#", "Symbol", "Side"] and found["last"] == [str(len(output.trades)), "LATE", "short"]
    assert found["picked"] == "1" and "position -40" in found["readout"]
