"""Days and parts in the page: the days are those of `daily`, and what the profit is made of adds up to it."""

from __future__ import annotations

import re

import pytest
from stratagem.runtime.results.daily import Days
from stratagem.runtime.results.figures_text import metrics_lines
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.report.by_day import section
from stratagem.runtime.results.report.drawn import drawn
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.summary import summary

from .. import made
from ..several.made import run as several_run
from .test_parts import rows


def shown(output: RunOutput) -> str:
    return section(Measured(output), drawn(len(output.bars)))


def facts(text: str) -> dict[str, float]:
    found = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", text)
    return {name: float(value.replace(",", "")) for name, value in found}


@pytest.mark.parametrize("frame", ["1d", "1h"])
def test_the_best_and_the_worst_days_are_those_of_the_table(frame: str) -> None:
    output = made.traded(900, frame=frame, first=20)
    text, daily = shown(output), Result(output).daily.to_pylist()
    best, worst = (rows(part) for part in text.split("Up to the end")[0].split("Worst days"))
    ranked = sorted(daily, key=lambda row: -row["pnl"])
    for listed, expected in ((best, ranked[:8]), (worst, ranked[::-1][:8])):
        assert [row[0] for row in listed] == [str(row["day"]) for row in expected]
        assert [float(row[1].replace(",", "")) for row in listed] == pytest.approx(
            [row["pnl"] for row in expected], abs=0.005
        )
    assert f"{len(daily):,} days: {sum(row['pnl'] > 0 for row in daily)} with a profit" in text


def test_a_row_knows_the_bars_of_its_day() -> None:
    output = made.traded(240, frame="1h")
    days = Days(Measured(output))
    spans = re.findall(r"data-from='(\d+)' data-to='(\d+)'", shown(output))
    assert spans and all(int(to) - int(start) == 23 and int(start) % 24 == 0 for start, to in spans)
    best = int(days.pnl.argmax())
    assert spans[0] == (str(24 * best), str(24 * best + 23))


@pytest.mark.parametrize("output", [made.traded(310), several_run()], ids=["one", "several"])
def test_what_the_profit_is_made_of_adds_up(output: RunOutput) -> None:
    made_of, *by = (facts(part) for part in shown(output).split("Of what the net profit is made")[1].split("<h3>By "))
    assert len(by) == (output.several is not None)
    for found in (made_of, *by):
        whole = found.pop("Net profit")
        assert whole == pytest.approx(Measured(output).net_profit, abs=0.006)
        assert sum(found.values()) == pytest.approx(whole, abs=0.006 * len(found)) and len(found) >= 3


def test_of_several_those_that_moved_the_day_are_named() -> None:
    text = shown(several_run())
    first = rows(text.split("Worst days")[0])[0]
    names = re.findall(r"(WHOLE|LATE|EARLY) ([+-][\d.,]+)", first[1])
    assert names and sum(float(value.replace(",", "")) for _, value in names) == pytest.approx(
        float(first[2].replace(",", "")), abs=0.02
    )


def test_weeks_have_no_days_and_nothing_tested_no_section() -> None:
    assert "Bars last longer than a day" in shown(made.traded(100, frame="1w"))
    assert shown(made.output(made.bars([100.0]), first=1)) == ""


def test_the_summary_has_a_line_of_days() -> None:
    output = made.traded(300)
    days, text = Days(Measured(output)), summary(Measured(output))
    (line,) = (line for line in text.splitlines() if " days, " in line)
    assert line.startswith(f"300 days, {100 * float((days.pnl > 0).mean()):.0f}% up · best ")
    assert f"{days.pnl.max():+,.2f}" in text and f"{days.pnl.min():+,.2f}" in text
    assert " days, " not in summary(Measured(made.traded(100, frame="1w")))


def test_spans_up_to_the_end_are_those_of_the_metrics() -> None:
    output = made.traded(500)
    told = {row[0]: row[1:] for row in rows(shown(output).split("Up to the end of the test")[1])}
    found = [row for row in Result(output).metrics().trailing().to_pylist() if row["return"] is not None]
    assert list(told) == [row["span"] for row in found] and "1 year" in told and "3 years" not in told
    for row in found:
        assert told[row["span"]][:2] == [str(row["begins"]), f"{row['return']:+.2%}"]
    lines = list(metrics_lines(Result(output).metrics(), 80))
    at = lines.index("Up to the end of the test")
    shown_there = [line.split()[-2] for line in lines[at + 2 : at + 2 + len(found)]]
    assert shown_there == [f"{row['return']:.2%}" for row in found]
