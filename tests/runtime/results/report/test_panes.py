"""What the panes are of: monitors, exposure, candles of higher timeframes; and what else the page tells of a run."""

from __future__ import annotations

import html
import math

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.results.figures import Metrics
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.report import tables
from stratagem.runtime.results.report.choices import choices, exposure
from stratagem.runtime.results.report.drawn import drawn
from stratagem.runtime.results.report.frames import frames
from stratagem.runtime.results.report.hashes import hashes
from stratagem.runtime.results.report.page import page
from stratagem.runtime.trading.rows import RECORD_COLUMNS

from .. import made
from ..several.made import run as several_run
from .test_pack import unpacked
from .test_parts import rows


def test_what_the_monitors_read_may_be_picked_where_it_was_kept() -> None:
    data = made.walk(4)
    read = {"equity": 1e5, "open_risk": 500.0}
    records = [made.row(RECORD_COLUMNS, index=at, lots=at + part, **read) for at in (1, 2) for part in (0, 1)]
    found = {each.title: each.values.tolist() for each in choices(Measured(made.output(data, records=records)))}
    risk, lots = found["monitor: open risk / equity"], found["monitor: lots"]
    assert math.isnan(risk[0]) and risk[1:] == [0.005] * 3 and lots[1:] == [2.0, 3.0, 3.0]  # the last of a bar
    assert "monitor: carry" not in found and not [name for name in choices_of(data) if name.startswith("monitor")]


def choices_of(data: Bars) -> list[str]:
    return [each.title for each in choices(Measured(made.output(data)))]


def test_of_several_symbols_exposure_is_net_and_gross() -> None:
    run = Measured(several_run())
    found, several = exposure(run), run.output.several
    assert several is not None and list(found) == ["net", "gross"]
    for name in ("net", "gross"):
        np.testing.assert_allclose(found[name], getattr(several, name) / run.output.equity, atol=1e-4)
    assert (found["gross"] >= np.abs(found["net"]) - 1e-9).all() and (found["net"] < found["gross"] - 0.001).any()


@pytest.mark.parametrize(("frame", "higher"), [("1h", "4h"), ("1h", "1d"), ("1d", "1w")])
def test_frames_are_the_bars_of_the_calendar(frame: str, higher: str) -> None:
    output = made.traded(700, frame=frame, warmup={"base": 3, higher: 2})
    (found,) = frames(output, drawn(700))
    columns = {name: unpacked(column) for name, column in found["columns"].items()}
    step, bars = timeframe(higher).seconds, output.bars
    shift = 3 * 86_400 if higher == "1w" else 0  # weeks begin on Monday, and 1970 on a Thursday
    bucket = ((bars.ts // 1_000_000 + shift) // step).tolist()
    groups = [[at for at, each in enumerate(bucket) if each == name] for name in sorted(set(bucket))]
    assert columns["from"] == [group[0] for group in groups] and columns["to"] == [group[-1] + 1 for group in groups]
    assert columns["high"] == [max(bars.high[group]) for group in groups]
    assert columns["close"] == [bars.close[group[-1]] for group in groups]
    assert frames(several_run(), drawn(300)) == [] == frames(made.traded(50), drawn(50))


def test_figures_under_other_paths_are_told_where_they_differ() -> None:
    def other(path: str) -> RunOutput:
        return made.traded(300, seed={"worst": 7, "proximity": 8, "best": 9}[path])

    assumptions = {"capital": 1e5, "timezone": "UTC", "path": "worst"}
    told = tables.decided(Metrics(Measured(made.traded(300, assumptions=assumptions, otherwise=other))))
    lines = {row[0]: row[1:] for row in rows(told)}
    returns = [Measured(other(path)) for path in ("worst", "proximity", "best")]
    ends = sorted(run.final_equity / run.capital - 1.0 for run in returns)
    assert lines["Return"] == [f"{ends[0]:.2%}", f"{ends[-1]:.2%}"]
    assert "each run anew" not in tables.decided(Metrics(Measured(made.traded(300, assumptions=assumptions))))


def test_the_text_is_told_in_plain_english_and_the_versions_are_named() -> None:
    text = 'stratagem 1\nenter long when close > sma(close, 3)\nexit long when close < open'
    result = sg.compile(text).backtest(made.walk(40), engine="interpreted", capital=1_000)
    told = page(result.run)
    for sentence in sg.compile(text).explain().sentences():
        assert html.escape(sentence.text, quote=True) in told
    assert f"<dt>stratagem</dt><dd>{sg.__version__}</dd>" in told and f"<dt>numpy</dt><dd>{np.__version__}</dd>" in told
    assert "What it says" not in page(Measured(made.traded(40)))


def test_other_data_of_any_symbol_have_another_hash() -> None:
    one, two = several_run(), several_run()
    assert two.several is not None
    two.several.panel.bars[3].high[5] += 0.01  # which is only watched
    assert hashes(one)["data"] != hashes(two)["data"] and hashes(one)["data"] == hashes(several_run())["data"]
