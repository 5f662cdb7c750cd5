"""The page: everything inside, nothing from outside, every text of the author's harmless, the same bytes each time."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from bokeh.core.types import ID
from bokeh.embed import json_item
from stratagem.lang.plan.model import Text
from stratagem.runtime.results.metrics.definitions import DEFINITIONS
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import Plot, RunOutput, Statement
from stratagem.runtime.results.report import charts
from stratagem.runtime.results.report.charts import distribution
from stratagem.runtime.results.report.page import bins, page
from stratagem.runtime.results.result import Result

from .. import made
from .test_pack import unpacked

EVIL = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">{{data}}&amp;"


def evil() -> RunOutput:
    """A run whose every text is hostile."""
    data = made.walk(200)
    renamed = type(data)(EVIL, *(getattr(data, name) for name in "timeframe ts open high low close volume".split()))
    trades = [made.trade(data, 20, 40, entry_order=0, exit_order=1)]
    return made.output(
        renamed, trades=trades, orders=[made.order(data, 0, 19), made.order(data, 1, 39, 1)], strategy=EVIL,
        source=EVIL + "\n# " + EVIL, notes=(EVIL,), params={EVIL: EVIL}, warmup={EVIL: 3},
        plots=(Plot(EVIL, "price"), Plot(EVIL + "2")), series={EVIL: data.close, EVIL + "2": data.close},
        statements=(Statement("enter", Text((EVIL,))), Statement("exit", Text((EVIL,)))),
        assumptions={"capital": 1e5, "timezone": "UTC", "fee": EVIL},
    )  # fmt: skip


RUNS = {
    "daily": lambda: made.traded(700, notes=("a note",), first=30),
    "intraday": lambda: made.traded(3000, frame="15m"),
    "no bars": lambda: made.output(made.bars([])),
    "one bar": lambda: made.output(made.bars([100.0])),
    "only warm-up": lambda: made.output(made.bars([100.0, 101.0]), first=2),
    "hostile texts": evil,
}


class Elements(HTMLParser):
    """Every element with its attributes, and the texts outside scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self.texts.append(data)


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("name", RUNS)
def test_nothing_comes_from_outside(name: str) -> None:
    elements = Elements(page(Measured(RUNS[name]())))
    for tag, attributes in elements.found:
        assert "src" not in attributes and tag not in ("link", "img", "iframe", "object"), (tag, attributes)
        assert (attributes.get("href") or "#").startswith("#")
    policy = next(a["content"] for t, a in elements.found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy and policy.startswith("default-src 'none'")


def test_hostile_texts_are_only_text() -> None:
    text = page(Measured(evil()))
    elements = Elements(text)
    assert sum(tag == "script" for tag, _ in elements.found) == 3
    assert not any("onerror" in attributes for _, attributes in elements.found)
    shown = "".join(elements.texts)
    assert shown.count(EVIL) >= 6  # title, heading, symbol, source, notes, parameters
    data = data_of(text)
    assert data["over"][0]["title"] == EVIL
    assert data["trades"]["texts"] == [EVIL]


def test_pages_with_the_same_plots_are_made_of_one_figure_and_share_nothing_else() -> None:
    """A page leaves it as it was: later ones are the same bytes."""
    charts._panes.cache_clear()
    first, other = page(Measured(made.traded(60))), page(Measured(made.traded(80, params={"fast": 3})))
    made_once = charts._panes.cache_info()
    assert (made_once.misses, made_once.hits) == (1, 1) and data_of(other)["panes"] != data_of(first)["panes"]
    assert page(Measured(made.traded(60))) == first
    charts._panes.cache_clear()
    assert page(Measured(made.traded(60))) == first


PLOTS = [((), ()), (("#d98e04",), (("a title", "#8a63d2"), ("9000000000000000.0", "#010203")))]


@pytest.mark.parametrize(("bars", "warm"), [(0, 0), (1, 0), (700, 30)])
@pytest.mark.parametrize(("over", "below"), PLOTS)
def test_a_figure_that_is_filled_in_is_the_one_that_bokeh_tells(bars: int, warm: int, over: Any, below: Any) -> None:
    whole = charts.panes_model(max(bars, 1) - 0.5, warm - 0.5, over, below)
    assert charts.panes(bars, warm, over, below) == charts.counted(json_item(whole, ID("panes")))


@pytest.mark.parametrize("edges", [[0.0, 0.1], [-0.1, 0.0, 0.1], [at / 10 for at in range(-7, 9)]])
def test_so_is_a_distribution(edges: list[float]) -> None:
    counts = list(range(1, len(edges)))
    colours = ["#d1495b" if edge < 0.0 else "#0f8b8d" for edge in edges[:-1]]
    whole = charts.distribution_model(edges[:-1], edges[1:], counts, colours, max(counts) * 1.08)
    assert distribution(edges, counts) == charts.counted(json_item(whole, ID("distribution")))


def test_every_statistic_has_its_definition() -> None:
    text = "".join(Elements(page(Measured(made.traded(300)))).texts)
    for definition in DEFINITIONS.values():
        assert definition.meaning in text and definition.name in text


def test_the_page_says_what_the_result_rests_on() -> None:
    output = made.traded(600, notes=("the first weekly bar is partial",), params={"fast": 12})
    text = "".join(Elements(page(Measured(output))).texts)
    for part in ("the first weekly bar is partial", "fast", "0.1%", "14 bars", output.source_hash, 'strategy "made"'):
        assert part in text
    for part in ("denied", "reduced", "ambiguous fills", "open trades"):
        assert part in text


def test_columns_are_those_of_the_run() -> None:
    output = made.traded(400, first=30)
    data = data_of(page(Measured(output)))
    assert unpacked(data["columns"]["close"]) == output.bars.close.tolist()
    assert unpacked(data["columns"]["seconds"]) == (output.bars.ts / 1e6).tolist()
    equity = unpacked(data["columns"]["equity"])
    assert all(value != value for value in equity[:30])
    assert equity[30:] == pytest.approx(output.equity[30:].tolist(), rel=1e-8)
    assert unpacked(data["trades"]["columns"]["pnl"]) == pytest.approx(output.trades[:, 11].tolist())
    assert [plot["title"] for plot in data["over"] + data["below"]] == ["slow average", "distance"]


def test_other_data_have_another_hash() -> None:
    """One price of many is another one; everything else stays."""

    def hashes(output: RunOutput) -> dict[str, str]:
        part = page(Measured(output)).split('<div class="panel hashes">')[1].split("</div>")[0]
        return dict(re.findall(r"<dt>(\w+)</dt><dd>(\w+)</dd>", part))

    output, other = made.traded(300), made.traded(300)
    other.bars.high[17] += 0.01
    one, two = hashes(output), hashes(other)
    assert one["data"] != two.pop("data") and one.items() >= two.items() and two.keys() == {"source", "assumptions"}


def test_equal_runs_make_equal_pages() -> None:
    assert page(Measured(made.traded(200))) == page(Measured(made.traded(200)))


def test_a_hundred_thousand_bars_stay_small() -> None:
    assert len(page(Measured(made.traded(100_000, frame="5m")))) < 4_000_000


@pytest.mark.bench
def test_a_million_bars_with_monitors_and_plots_make_a_small_page_soon() -> None:
    text = """let quick = sma(close, 20)
let calm = sma(close @ 1h, 50)
enter long when cross_above(quick, calm) size 50% stop 1% target 2%
plot quick as "quick"
plot rsi(close, 14) as "rsi\""""
    run = sg.compile(text).backtest(made.walk(1_000_000, frame="1m"), monitors=True, capital=1e5).run
    assert run.trades > 100, run.trades
    began = time.process_time()
    assert len(page(run).encode()) < 5_000_000
    assert time.process_time() - began < 3.0


@pytest.mark.parametrize(
    "returns", [[0.01], [-0.01], [0.0], [0.1, -0.2, 0.05], [1e-9, 5.0], [0.2] * 9, [-0.3, -0.1, -0.1]]
)
def test_bins_hold_every_return_and_do_not_straddle_nothing(returns: list[float]) -> None:
    edges, counts = bins(returns)
    assert sum(counts) == len(returns)
    assert len(edges) == len(counts) + 1 <= 60
    assert edges[0] <= min(returns) and max(returns) <= edges[-1] + 1e-12
    assert any(abs(edge) < 1e-12 for edge in edges)
    for value in returns:
        assert value >= 0.0 or sum(c for e, c in zip(edges, counts, strict=False) if e < -1e-12) >= 1


def test_result_writes_it_and_says_where(tmp_path: Path) -> None:
    path = Result(made.traded(60)).report(tmp_path / "deep" / "report.html")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("name", RUNS)
def test_a_browser_draws_it(name: str, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    if browser is None:
        pytest.skip("no Chromium on this machine to open the page in")
    path = Result(RUNS[name]()).report(tmp_path / "report.html")
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    command = [browser, *flags.split(), f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=20000"]
    shown = subprocess.run([*command, "--dump-dom", path.as_uri()], capture_output=True, text=True, timeout=120)
    assert 'data-ready="yes"' in shown.stdout[:2000], shown.stderr[-2000:]
    assert "<title>owned" not in shown.stdout
    rows = len(re.findall(r"<tr[^>]*><td", shown.stdout.split('id="table"')[1]))
    assert rows >= min(25, len(RUNS[name]().trades))


def test_buttons_and_rows_of_the_page_exist() -> None:
    """Every element that the scripts look for by name is in the page."""
    text = page(Measured(made.traded(50)))
    ids = {attributes.get("id") for _, attributes in Elements(text).found}
    folder = Path(page.__code__.co_filename).parent
    scripts = "".join((folder / name).read_text(encoding="utf-8") for name in ("charts.js", "trades.js", "main.js"))
    assert set(re.findall(r'element\("(\w+)"\)', scripts)) <= ids


def test_sources_that_the_scripts_fill_are_in_the_figures() -> None:
    data = data_of(page(Measured(made.traded(50))))
    folder = Path(page.__code__.co_filename).parent
    asked = set(re.findall(r'model\("(\w+)"\)', (folder / "charts.js").read_text(encoding="utf-8")))
    named = set(re.findall(r'"name": "(\w+)"', json.dumps([data["panes"], data["distribution"]])))
    assert asked <= named | {"price", "equity"}
    assert {"price", "equity", "drawdown", "below0", "over0", "candles", "levels", "marks", "links"} <= named


def test_trades_are_counted_in_whole_numbers() -> None:
    axis = json.dumps(distribution([-0.1, 0.0, 0.1], [1, 3]))
    assert re.search(r'"BasicTicker"[^{}]*"attributes": {[^}]*"min_interval": 1[,}]', axis)
